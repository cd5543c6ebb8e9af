package org.osteon.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.EventClasses;
import org.osteon.event.Truth;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.gateway.SiteNames;
import org.osteon.sandbox.EmbeddedBroker;
import org.osteon.testing.Platform;
import org.osteon.testing.Verdicts;

/** A site whose reports are listened to: its names, what was answered there, and its truths. */
@SuppressWarnings("NullAway.Init")
abstract class ListeningSite {
  static {
    EventClasses.trust();
  }

  static final String TOKEN = "0123456789abcdef";
  static final String NAME = "OTTO^ANNA";

  @TempDir Path folder;
  private Map<String, String> own;
  Settings settings;
  SiteNames names;

  @BeforeEach
  void open() throws Exception {
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.properties"),
            "code.RADLEX|RID4650=FRACTURED\ncode.99LOCAL|N=HEALTHY\ncode.99LOCAL|ASK=UNKNOWN\n"
                + "code.http\\://snomed.info/sct|125605004=FRACTURED\n"
                + "saw.answer=no\n");
    own =
        Map.of(
            "gateway.key.file",
            Files.writeString(folder.resolve("key"), "k".repeat(40)).toString(),
            "reports.mapping.file",
            mapping.toString(),
            "reports.hl7.port",
            "0",
            "reports.fhir.port",
            "0",
            "reports.fhir.token.file",
            Files.writeString(folder.resolve("token"), TOKEN).toString());
  }

  void on(EmbeddedBroker broker) {
    settings = Platform.settings(broker.bootstrapServers(), Platform.registry().url(), own);
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(3, 1, false);
    }
    names = SiteNames.of(settings);
  }

  /** By its study, else by which order: never by the order's own number. */
  String named(Truth truth) {
    String accession = truth.getAccessionNumber();
    if (accession == null) {
      return truth.getStudyInstanceUid();
    }
    assertThat(truth.getStudyInstanceUid()).isEmpty();
    for (String each : List.of("A-1", "A-2", "A-9", "CT-77")) {
      if (accession.equals(names.accession(each))) {
        return "order " + each;
      }
    }
    return "unknown";
  }

  void answered(String accession) throws Exception {
    String topic = settings.get(TopicKeys.RESULTS);
    String study = "2.25." + accession;
    ClassificationResult result =
        ClassificationResult.newBuilder(Verdicts.result("e" + accession, study, 0.9, 0))
            .setAccessionNumber(names.accession(accession))
            .setProcessedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build();
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  study.getBytes(StandardCharsets.UTF_8),
                  serdes.results().serializer().serialize(topic, result)))
          .get();
    }
  }

  List<Truth> truths() throws Exception {
    String topic = settings.get(TopicKeys.TRUTHS);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    List<Truth> all = new ArrayList<>();
    TopicWindow.read(
        settings,
        topic,
        Instant.EPOCH,
        found -> all.add(serdes.truths().deserializer().deserialize(topic, found.value())));
    return all;
  }
}
