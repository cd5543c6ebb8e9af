package org.osteon.deliver.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.deliver.Deliveries;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.TargetSettings;
import org.osteon.deliver.destination.TargetsFile;
import org.osteon.deliver.destination.TlsSettings;
import org.osteon.dimse.Peer;
import org.osteon.event.Finding;
import org.osteon.sandbox.ChildProcess;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Certificates;
import org.osteon.testing.Dcmtk;

/** An archive over TLS: dcmtk's {@code storescp}. */
class DicomTlsTest {
  @TempDir private Path folder;

  @Test
  void aReportGoesOverTlsToWhomItTrustsAndToNobodyElse() throws Exception {
    Dcmtk.require("storescp");
    int port = Ports.take();
    Certificates theirs = Certificates.make(folder);
    Path stored = Files.createDirectories(folder.resolve("stored"));
    ChildProcess archive =
        ChildProcess.start(
            folder.resolve("storescp.log"),
            "storescp",
            "+tls",
            theirs.keyPem(folder.resolve("key.pem")).toString(),
            theirs.certificatePem(folder.resolve("certificate.pem")).toString(),
            "--ignore-peer-cert",
            "-aet",
            "ARCHIVE",
            "-od",
            stored.toString(),
            Integer.toString(port));
    try {
      await("storescp")
          .ignoreExceptions()
          .until(
              () -> {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                  return socket.isConnected();
                }
              });
      assertThat(send(port, tls())).isInstanceOf(Outcome.Away.class);
      assertThat(send(port, tls("a.tls.trust=" + folder.resolve("certificate.pem"))))
          .isEqualTo(new Outcome.Delivered());
      try (Stream<Path> files = Files.list(stored)) {
        assertThat(files).hasSize(1);
      }
    } finally {
      archive.kill();
    }
  }

  private static Outcome send(int port, SSLContext tls) throws Exception {
    Peer peer = new Peer("127.0.0.1", port, "ARCHIVE", "OSTEON", Duration.ofSeconds(20), tls);
    Delivery delivery =
        new Delivery(
            Deliveries.result("r1", Finding.DEFINITE, "1.2.3.1", "1.2.3.1.1.1", null),
            Deliveries.original("1.2.3.1", "1.2.3.1.1", "1.2.3.1.1.1"),
            0);
    try (DicomTarget target =
        new DicomTarget(peer, EnumSet.of(DicomTarget.Kind.REPORT), each -> null, null)) {
      return target.send(delivery);
    }
  }

  private SSLContext tls(String... lines) throws Exception {
    List<String> all = Stream.concat(Stream.of("a.type=dicom"), Stream.of(lines)).toList();
    TargetSettings settings =
        TargetsFile.read(Files.write(folder.resolve("targets.properties"), all)).get(0);
    return TlsSettings.of(settings);
  }
}
