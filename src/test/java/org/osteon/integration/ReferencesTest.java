package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.fetch.FetchSettings;
import org.osteon.fetch.ImageUpload;
import org.osteon.fetch.Reference;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.Replica;
import org.osteon.testing.hospital.Ward;
import org.osteon.testing.server.S3Server;

/**
 * Images by reference through the whole service, from a real S3 server. The long form ({@code make
 * references}) fetches a thousand images of 10 MB with the launcher's heap.
 */
@Tag("integration")
class ReferencesTest {
  private static final boolean LONG = "long".equals(System.getProperty("osteon.references"));

  @Test
  void largeImagesByReferencePassASmallHeap() throws Exception {
    int references = LONG ? 1000 : 60;
    List<String> options = new ArrayList<>(List.of(LONG ? "-Xmx512m" : "-Xmx256m"));
    options.addAll(List.of(S3Server.credentials()));
    Map<String, String> settings = new HashMap<>();
    settings.put("image.max.bytes", "33554432");
    settings.put("decode.isolation", "process");
    settings.put("image.max.pixels", "100000000");
    settings.put("memory.budget.mb", LONG ? "256" : "128");
    // They lie in the queue behind one another: on this machine the classifier is the slower one.
    settings.put("fetch.timeout.ms", "60000");
    try (S3Server server = S3Server.launch();
        Hospital hospital = hospital(server, settings)) {
      List<Reference> stored = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        stored.add(put(server, DicomFiles.drawn(i, Kind.values()[i % 3], 2500, 2000)));
      }
      assertThat(stored).allMatch(each -> each.length() > 10_000_000);
      for (int i = 0; i < references; i++) {
        hospital.ward.publish(stored.get(i % stored.size()), "");
      }
      hospital.ward.awaitSends();
      long begun = System.nanoTime();
      Replica replica = hospital.startWith(options);
      Evidence evidence = hospital.ward.evidence(true, Duration.ofMinutes(2));
      double seconds = (System.nanoTime() - begun) / 1e9;
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      assertThat(evidence.results()).as(hospital.logs()).hasSize(references);
      assertThat(replica.isAlive()).isTrue();
      System.out.printf(
          "%d references of 10 MB with %s: %.0f s with the start, %.1f images/s, %s%n",
          references, options.get(0), seconds, references / seconds, peak(replica.pid()));
    }
  }

  @Test
  void whatCannotBeFetchedIsADeadLetterWithItsReasonAmongGoodImages() throws Exception {
    try (S3Server server = S3Server.launch();
        Hospital hospital = hospital(server, Map.of())) {
      Ward ward = hospital.ward;
      for (int i = 0; i < 10; i++) {
        Reference good = put(server, DicomFiles.drawn(i, Kind.FRACTURED, 300, 200));
        ward.publish(1);
        ward.publish(good, "");
        ward.publish(new Reference(good.uri() + i, good.length(), good.sha256()), "NOT_FOUND");
        ward.publish(
            new Reference(good.uri(), good.length(), "%064d".formatted(i)), "DIGEST_MISMATCH");
        ward.publish(
            new Reference(good.uri(), good.length() + 1 + i, good.sha256()), "DIGEST_MISMATCH");
        ward.publish(new Reference(good.uri(), 2_000_001 + i, good.sha256()), "TOO_MANY_BYTES");
        ward.publish(new Reference("file:///etc/passwd" + i, 1, good.sha256()), "FORBIDDEN_URI");
        ward.publish(
            new Reference("http://169.254.169.254/" + i, 1, good.sha256()), "FORBIDDEN_URI");
        Reference broken = put(server, ("no image " + i).getBytes(StandardCharsets.UTF_8));
        ward.publish(broken, "NOT_AN_IMAGE");
      }
      ward.awaitSends();
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        Evidence evidence = ward.evidence(true);
        Guarantee.of(true).forEach(promise -> promise.check(evidence));
        assertThat(evidence.results()).hasSize(20);
        assertThat(evidence.deadLetters()).hasSize(70);
        assertThat(service.health().notReady()).isEmpty();
      }
    }
  }

  @Test
  void aStoreThatIsAwayIsWaitedForUnreadyAndNothingIsLost() throws Exception {
    try (S3Server server = S3Server.launch();
        Hospital hospital = hospital(server, Map.of("fetch.timeout.ms", "2000"))) {
      List<Reference> stored = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        stored.add(put(server, DicomFiles.drawn(i, Kind.HEALTHY, 300, 200)));
      }
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        publish(hospital.ward, stored);
        assertThat(hospital.ward.evidence(true).results()).hasSize(20);
        server.kill();
        publish(hospital.ward, stored);
        await().until(() -> service.health().notReady().toString().contains("s3://radiographs"));
        assertThat(service.health().notAlive().isEmpty()).isTrue();
        server.start();
        Evidence evidence = hospital.ward.evidence(true);
        Guarantee.of(true).forEach(promise -> promise.check(evidence));
        assertThat(evidence.results()).hasSize(40);
        assertThat(evidence.deadLetters()).isEmpty();
        await().untilAsserted(() -> assertThat(service.health().notReady()).isEmpty());
      }
    }
  }

  private static void publish(Ward ward, List<Reference> stored) throws Exception {
    for (Reference each : stored) {
      ward.publish(each, "");
      ward.publish(1);
    }
    ward.awaitSends();
  }

  private static Hospital hospital(S3Server server, Map<String, String> further)
      throws IOException {
    Map<String, String> more = new HashMap<>(server.settings());
    more.putAll(further);
    return new Hospital(
        Platform.broker().bootstrapServers(),
        Platform.registry().url(),
        "exactly_once_v2",
        "classic",
        more);
  }

  private static Reference put(S3Server server, byte[] image) throws IOException {
    FetchSettings.S3 s3 =
        new FetchSettings.S3(Optional.of(URI.create(server.endpoint())), Optional.empty(), true);
    try (ImageUpload upload = new ImageUpload("s3://" + S3Server.BUCKET + "/day", s3)) {
      return upload.put(image, "application/dicom");
    }
  }

  private static String peak(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("");
  }
}
