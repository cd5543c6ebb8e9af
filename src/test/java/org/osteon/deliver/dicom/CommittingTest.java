package org.osteon.deliver.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.deliver.Deliveries;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.TargetsFile;
import org.osteon.deliver.destination.TlsSettings;
import org.osteon.dimse.Commitment;
import org.osteon.dimse.Peer;
import org.osteon.dimse.StorageScu;
import org.osteon.dimse.pdu.Uid;
import org.osteon.event.Finding;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Certificates;
import org.osteon.testing.server.Orthanc;

/** What an archive of another make says that it keeps. */
@Tag("integration")
@Timeout(300)
class CommittingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void itIsDeliveredWhenTheArchiveSaysThatItKeepsIt() throws Exception {
    Orthanc.require();
    int port = Ports.take();
    try (Orthanc archive = Orthanc.knowing(folder, Ports.take(), Ports.take(), "OSTEON", port)) {
      Peer peer = peer(archive);
      Committing committing =
          Committing.open(new Committing.Terms(port, PATIENCE), peer, told::add);
      try (DicomTarget target =
          new DicomTarget(peer, EnumSet.allOf(DicomTarget.Kind.class), each -> null, committing)) {
        assertThat(target.send(delivery())).isEqualTo(new Outcome.Delivered());
        assertThat(target.send(delivery())).as("once more").isEqualTo(new Outcome.Delivered());
        assertThat(told).containsExactly("committed", "committed");
        assertThat(archive.modalities("1.2.3.1")).containsExactly("OT", "SR");
        try (StorageScu scu = commitment(peer)) {
          Outcome missing = committing.ask(scu, Map.of("2.25.999", ResultCapture.SOP_CLASS));
          assertThat(missing)
              .isInstanceOfSatisfying(
                  Outcome.NotNow.class,
                  it -> assertThat(it.words()).isEqualTo("It does not keep 1 of 1: reason 0112"));
        }
        assertThat(told).hasSize(3).endsWith("failed");
      }
    }
  }

  @Test
  void whoSaysNothingIsAskedAgainLaterAndWhoDoesNotKnowUsToo() throws Exception {
    Orthanc.require();
    // It reports to a port without a listener: ours is another.
    try (Orthanc archive =
        Orthanc.knowing(folder.resolve("a"), Ports.take(), Ports.take(), "OSTEON", Ports.take())) {
      assertThat(sent(archive, Duration.ofSeconds(2)))
          .isInstanceOfSatisfying(
              Outcome.NotNow.class,
              it -> assertThat(it.words()).contains("did not say within 2 s that it keeps it"));
      assertThat(told).containsExactly("silent");
    }
    told.clear();
    try (Orthanc archive = Orthanc.start(folder.resolve("b"), Ports.take(), Ports.take())) {
      assertThat(sent(archive, PATIENCE))
          .isInstanceOfSatisfying(
              Outcome.NotNow.class, it -> assertThat(it.words()).startsWith("N-ACTION: "));
      assertThat(told).containsExactly("refused");
    }
  }

  /** Both associations over TLS, each side with a certificate of its own. */
  @Test
  void anArchiveOverTlsReportsOverTlsToWhomItTrusts() throws Exception {
    Orthanc.require();
    Certificates theirs = Certificates.make(folder, "archive");
    Path certificate = theirs.certificatePem(folder.resolve("archive.pem"));
    Path key = theirs.keyPem(folder.resolve("archive-key.pem"));
    Certificates ours = Certificates.make(folder, "deliverer");
    Path trusted = ours.certificatePem(folder.resolve("deliverer.pem"));
    SSLContext tls =
        TlsSettings.of(
            TargetsFile.read(
                    Files.write(
                        folder.resolve("targets.properties"),
                        List.of(
                            "pacs.type=dicom",
                            "pacs.tls.trust=" + certificate,
                            "pacs.tls.keystore=" + ours.store(),
                            "pacs.tls.password.file="
                                + Files.writeString(
                                    folder.resolve("password"), Certificates.PASSWORD))))
                .get(0));
    int port = Ports.take();
    try (Orthanc archive =
        Orthanc.knowing(
            folder.resolve("orthanc"),
            Ports.take(),
            Ports.take(),
            "OSTEON",
            port,
            new Orthanc.Tls(key, certificate, trusted))) {
      try (DicomTarget target = target(archive, port, tls)) {
        assertThat(target.send(delivery())).isEqualTo(new Outcome.Delivered());
      }
      assertThat(told).containsExactly("committed");
      assertThat(archive.modalities("1.2.3.1")).containsExactly("SR");
      // It is called by one that it trusts, and calls one that shows a certificate of somebody.
      told.clear();
      SSLContext somebody = Certificates.make(folder, "somebody").context();
      Committing elsewhere =
          Committing.open(
              new Committing.Terms(port, Duration.ofSeconds(3)),
              peer(archive, somebody),
              told::add);
      try (DicomTarget target =
          new DicomTarget(
              peer(archive, tls), EnumSet.of(DicomTarget.Kind.REPORT), each -> null, elsewhere)) {
        assertThat(target.send(delivery())).isInstanceOf(Outcome.NotNow.class);
      }
      assertThat(told).containsExactly("silent");
    }
  }

  private DicomTarget target(Orthanc archive, int port, SSLContext tls) throws Exception {
    Peer peer = peer(archive, tls);
    return new DicomTarget(
        peer,
        EnumSet.of(DicomTarget.Kind.REPORT),
        each -> null,
        Committing.open(new Committing.Terms(port, PATIENCE), peer, told::add));
  }

  private Outcome sent(Orthanc archive, Duration patience) throws Exception {
    Peer peer = peer(archive);
    try (DicomTarget target =
        new DicomTarget(
            peer,
            EnumSet.of(DicomTarget.Kind.REPORT),
            each -> null,
            Committing.open(new Committing.Terms(0, patience), peer, told::add))) {
      return target.send(delivery());
    }
  }

  private static StorageScu commitment(Peer peer) throws Exception {
    return StorageScu.open(peer, Map.of(Commitment.SOP_CLASS, List.of(Uid.IMPLICIT_LITTLE_ENDIAN)));
  }

  private static Peer peer(Orthanc archive) {
    return peer(archive, null);
  }

  private static Peer peer(Orthanc archive, @Nullable SSLContext tls) {
    return new Peer("127.0.0.1", archive.dicomPort(), Orthanc.TITLE, "OSTEON", PATIENCE, tls);
  }

  private static Delivery delivery() {
    return new Delivery(
        Deliveries.result("r1", Finding.DEFINITE, "1.2.3.1", "1.2.3.1.1.1", Deliveries.boxes()),
        Deliveries.original("1.2.3.1", "1.2.3.1.1", "1.2.3.1.1.1"),
        1_790_000_000_000L);
  }
}
