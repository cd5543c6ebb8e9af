package org.osteon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.EventPublisher;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.ImageReference;
import org.osteon.event.XRayEvent;
import org.osteon.metrics.GatewayMetric;
import org.osteon.model.ShippedModel;
import org.osteon.sandbox.Folders;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Answers;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;

/** dcmtk's storescu on one side, a real broker on the other. */
@Tag("integration")
class GatewayTest {
  @TempDir private Path folder;

  @Test
  void whatIsSentTwiceIsOneEventWithoutAName() throws Exception {
    Dcmtk.require("storescu");
    Reception reception = reception(Map.of());
    Map<Integer, String> person =
        Map.of(0x00100010, "FRACTURE^ANNA", 0x00100020, "4711", 0x00180015, "WRIST");
    Path file =
        Files.write(folder.resolve("1.dcm"), DicomFiles.drawn(3, Kind.FRACTURED, 300, 200, person));
    try (EventPublisher publisher = new EventPublisher(reception.settings);
        Gateway gateway = Gateway.start(reception.settings, publisher::publish)) {
      for (int i = 0; i < 2; i++) {
        Dcmtk.Ended sent = Dcmtk.store(gateway.dicomPort(), "OSTEON", file);
        assertThat(sent.said()).contains("(Success)");
      }
    }
    List<XRayEvent> events = reception.events();
    assertThat(events).hasSize(2);
    XRayEvent event = events.get(0);
    assertThat(events.get(1).getEventId()).isEqualTo(event.getEventId());
    assertThat(events.get(1).getImage()).isEqualTo(event.getImage());
    assertThat(event.getBodyPart()).isEqualTo("WRIST");
    assertThat(event.getModality()).isEqualTo("DX");
    assertThat(event.getPatientPseudonym()).matches("[0-9a-f]{32}");
    assertThat(event.getStudyInstanceUid()).startsWith("2.25.").isNotEqualTo("2.25.23");
    assertThat(event.toString()).doesNotContain("ANNA", "4711");
  }

  @Test
  void aLargeImageIsInItsStoreBeforeTheSenderHearsOfSuccess() throws Exception {
    Dcmtk.require("storescu");
    Path store = Files.createDirectories(folder.resolve("store"));
    Map<String, String> further = new HashMap<>();
    further.put("publish.upload.to", "file://" + store);
    further.put("publish.inline.max.bytes", "100000");
    Reception reception = reception(further);
    Path file = Files.write(folder.resolve("1.dcm"), DicomFiles.drawn(3, Kind.FRACTURED, 300, 200));
    try (EventPublisher publisher = new EventPublisher(reception.settings);
        Gateway gateway = Gateway.start(reception.settings, publisher::publish)) {
      assertThat(Dcmtk.store(gateway.dicomPort(), "OSTEON", file).said()).contains("(Success)");
      ImageReference there = (ImageReference) reception.events().get(0).getImage();
      Path stored = Path.of(URI.create(there.getUri()));
      assertThat(Files.size(stored)).isEqualTo(there.getLength());
      // The store is gone: the next instance is refused for the moment, and no event is there.
      Folders.remove(store);
      Files.createFile(store);
      Path next = Files.write(folder.resolve("2.dcm"), DicomFiles.drawn(4, Kind.HEALTHY, 300, 200));
      assertThat(Dcmtk.store(gateway.dicomPort(), "OSTEON", next).said())
          .contains("(Refused: OutOfResources)");
      assertThat(reception.events()).hasSize(1);
    }
  }

  @Test
  void probesAndScrapersSeeWhetherItTakesImages() throws Exception {
    Dcmtk.require("storescu");
    Path file = Files.write(folder.resolve("1.dcm"), DicomFiles.drawn(3, Kind.FRACTURED, 300, 200));
    Reception reception = reception(Map.of("gateway.health.listen", "127.0.0.1:0"));
    try (EventPublisher publisher = new EventPublisher(reception.settings);
        Gateway gateway = Gateway.start(reception.settings, publisher::publish)) {
      int port = gateway.healthPort().orElseThrow();
      await().until(() -> Scrape.get(port, "/readyz").statusCode() == 200);
      assertThat(Scrape.get(port, "/livez").statusCode()).isEqualTo(200);
      assertThat(Dcmtk.store(gateway.dicomPort(), "OSTEON", file).said()).contains("(Success)");
      String metrics = Scrape.get(port, "/metrics").body();
      assertThat(metrics)
          .contains("osteon_gateway_images_total{answer=\"stored\"} 1.0")
          .contains("osteon_gateway_images_total{answer=\"away\"} 0.0")
          .contains("osteon_gateway_ready 1.0")
          .contains("osteon_gateway_acknowledgement_seconds_count 1");
      for (GatewayMetric metric : GatewayMetric.values()) {
        assertThat(metrics).contains(metric.exported());
      }
      assertThat(Scrape.get(port, "/events").statusCode())
          .as("images by their own door")
          .isEqualTo(404);
    }
    try (BrokerLook unreachable = new BrokerLook(Map.of("bootstrap.servers", "127.0.0.1:1"));
        GatewayHealth alone =
            new GatewayHealth(new InetSocketAddress("127.0.0.1", 0), unreachable::answers)) {
      assertThat(Scrape.get(alone.port(), "/livez").statusCode()).isEqualTo(200);
      assertThat(Scrape.get(alone.port(), "/readyz").statusCode()).isEqualTo(503);
      assertThat(Scrape.get(alone.port(), "/readyz").body()).contains("No broker answers");
      assertThat(Scrape.get(alone.port(), "/metrics").body()).contains("osteon_gateway_ready 0.0");
    }
  }

  @Test
  void withoutAnAcknowledgementThereIsNoSuccess() throws Exception {
    Dcmtk.require("storescu");
    Reception reception = reception(Map.of("gateway.ack.timeout.ms", "500"));
    Path file = Files.write(folder.resolve("1.dcm"), DicomFiles.drawn(3, Kind.FRACTURED, 100, 90));
    List<EventSink> away =
        List.of(
            event -> new CompletableFuture<>(),
            event -> CompletableFuture.failedFuture(new IllegalStateException("gone")),
            event -> {
              throw new IllegalStateException("the registry is gone");
            });
    for (EventSink sink : away) {
      try (Gateway gateway = Gateway.start(reception.settings, sink)) {
        String said = Dcmtk.store(gateway.dicomPort(), "OSTEON", file).said();
        assertThat(said).contains("(Refused: OutOfResources)").doesNotContain("(Success)");
      }
    }
  }

  @Test
  void eachRadiographEndsAsAResultOrADeadLetterWithItsReason() throws Exception {
    Dcmtk.require("storescu");
    Path radiographs = Dcmtk.requireRadiographs();
    Map<String, String> further = new HashMap<>();
    further.put("gateway.uids", "keep");
    further.put("model.path", ShippedModel.folder().toString());
    further.put("inference.precision", "f32");
    further.put("http.port", "0");
    Reception reception = reception(further);
    List<Path> files;
    try (Stream<Path> all = Files.list(radiographs)) {
      files = all.sorted().toList();
    }
    Map<String, String> sent = new TreeMap<>();
    List<String> same = new ArrayList<>();
    try (EventPublisher publisher = new EventPublisher(reception.settings);
        Gateway gateway = Gateway.start(reception.settings, publisher::publish)) {
      for (Path file : files) {
        int known = sent.size();
        int before = reception.events().size();
        String said = Dcmtk.store(gateway.dicomPort(), "OSTEON", file).said();
        List<XRayEvent> events = reception.events();
        assertThat(said).as(file.toString()).contains("(Success)");
        assertThat(events).as(file.toString()).hasSize(before + 1);
        events.stream()
            .map(XRayEvent::getEventId)
            .filter(id -> !sent.containsKey(id))
            .forEach(id -> sent.put(id, String.valueOf(file.getFileName())));
        if (sent.size() == known) {
          same.add(String.valueOf(file.getFileName()));
        }
      }
    }
    // One instance, in another file: written anew, both are the same.
    assertThat(same).containsExactly("pydicom_RG2_JPLY_fixed.dcm");
    assertThat(sent).hasSize(files.size() - 1);
    Map<String, String> ended = new TreeMap<>();
    try (OsteonService service = OsteonService.start(reception.settings, Hooks.none())) {
      Answers answers = Answers.await(reception.settings, sent.keySet());
      assertThat(service.health().notAlive().isEmpty()).isTrue();
      for (ClassificationResult result : answers.results()) {
        ended.put(name(sent, result.getEventId()), "result " + result.getImage().getGreyRule());
      }
      for (DeadLetter letter : answers.deadLetters()) {
        ended.put(name(sent, letter.getEventId()), "dead letter " + letter.getReason());
      }
    }
    ended.forEach((file, how) -> System.out.printf("%-45s %s%n", file, how));
    assertThat(ended).hasSize(files.size() - 1);
    Map<String, String> documented = documented();
    ended.forEach(
        (file, how) ->
            assertThat(how).as(file).startsWith(documented.getOrDefault(file, "result")));
  }

  private static String name(Map<String, String> sent, String id) {
    return sent.getOrDefault(id, "unknown " + id);
  }

  /** The files that end otherwise, {@code outcomes.csv}. */
  private static Map<String, String> documented() throws Exception {
    Map<String, String> reasons = new HashMap<>();
    Path csv = Dcmtk.root().resolve("src/test/resources/dicom/outcomes.csv");
    for (String line : Files.readAllLines(csv)) {
      String[] cells = line.split(",", 3);
      if (cells[0].startsWith("radiograph/") && cells[1].matches("[A-Z_]+")) {
        reasons.put(cells[0].substring("radiograph/".length()), "dead letter " + cells[1]);
      }
    }
    return reasons;
  }

  private Reception reception(Map<String, String> further) throws Exception {
    return new Reception(folder, Platform.broker().bootstrapServers(), further);
  }
}
