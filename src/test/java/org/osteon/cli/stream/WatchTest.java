package org.osteon.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.cli.output.DeadLetterTable;
import org.osteon.client.PlainClients;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.Decision;
import org.osteon.event.ImageSummary;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Severity;
import org.osteon.event.Source;
import org.osteon.event.Stage;
import org.osteon.event.StudyAssessment;
import org.osteon.event.Timing;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Events;
import org.osteon.testing.Verdicts;

/** What {@code osteon watch} shows of each topic, to people and to programs. */
@Tag("integration")
@Timeout(600)
class WatchTest extends CommandsOnTopics {
  @Test
  void resultsAreShownInWordsForPeopleAndAsJsonForPrograms() throws Exception {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      byte[] value =
          serdes.results().serializer().serialize(settings.get(TopicKeys.RESULTS), result());
      producer.send(new ProducerRecord<>(settings.get(TopicKeys.RESULTS), value)).get();
      producer.send(new ProducerRecord<>(settings.get(TopicKeys.RESULTS), new byte[] {9, 9})).get();
      producer.send(new ProducerRecord<>(settings.get(TopicKeys.RESULTS), value)).get();
    }
    CommandRun table = CommandRun.of(settings, "watch", "--from-beginning", "--count=2");
    assertThat(table.status()).as(table.err()).isZero();
    assertThat(table.out())
        .contains("complex fracture or non-union, urgent orthopaedic review")
        .contains("0.910")
        .contains("refer (LOW_CONFIDENCE)")
        .contains("12.3");
    CommandRun json =
        CommandRun.of(settings, "watch", "results", "--json", "--from-beginning", "--count=1");
    JsonNode line = new ObjectMapper().readTree(json.out());
    assertThat(line.get("label").asText()).isEqualTo("BEYOND_REPAIR");
    assertThat(line.get("model").get("version").asText()).isEqualTo("1");
    assertThat(line.get("researchUseOnly").asBoolean()).isTrue();
    assertThat(line.get("seriesInstanceUid").isNull()).isTrue();
  }

  @Test
  void alertsStudiesAndWhatIsForReviewAreShown() throws Exception {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    ClassificationResult clear = Verdicts.result("clear", "s", 0.9, 0.05);
    ClassificationResult doubtful = Verdicts.of("doubtful", "s", 0.5, 0.2, "1", Decision.REFER);
    Alert alert =
        Alert.newBuilder()
            .setAlertId("a")
            .setSeverity(Severity.CRITICAL)
            .setLabel(Label.BEYOND_REPAIR)
            .setProbability(0.875)
            .setEventId("clear")
            .setStudyInstanceUid("s")
            .setFacility("ward-7")
            .setPriority(Priority.STAT)
            .setMessage("HAND: to be seen now")
            .setModel(clear.getModel())
            .setRaisedAt(Instant.EPOCH)
            .build();
    StudyAssessment study =
        StudyAssessment.newBuilder()
            .setStudyInstanceUid("s")
            .setFacility("ward-7")
            .setLabel(Label.FRACTURED)
            .setProbability(0.9)
            .setDecision(Decision.REFER)
            .setImages(2)
            .setEventIds(List.of("clear", "doubtful"))
            .setModel(clear.getModel())
            .setUpdatedAt(Instant.EPOCH)
            .build();
    String results = settings.get(TopicKeys.RESULTS);
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      send(producer, results, serdes.results().serializer().serialize(results, clear));
      send(producer, results, serdes.results().serializer().serialize(results, doubtful));
      String alerts = settings.get(TopicKeys.ALERTS);
      send(producer, alerts, serdes.alerts().serializer().serialize(alerts, alert));
      String studies = settings.get(TopicKeys.STUDIES);
      send(producer, studies, serdes.studies().serializer().serialize(studies, study));
    }
    CommandRun review =
        CommandRun.of(settings, "watch", "review", "--json", "--from-beginning", "--count=1");
    assertThat(new ObjectMapper().readTree(review.out()).get("eventId").asText())
        .isEqualTo("doubtful");
    assertThat(CommandRun.of(settings, "watch", "alerts", "--from-beginning", "--count=1").out())
        .contains("STAT      CRITICAL   0.875  HAND: to be seen now");
    assertThat(CommandRun.of(settings, "watch", "studies", "--from-beginning", "--count=1").out())
        .containsPattern("2  fracture +0\\.900  refer");
  }

  @Test
  void deadLettersAreShownWithStudyKeyAndFacility() throws Exception {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    XRayEvent event = XRayEvent.newBuilder(Events.event("e", 10, 5)).setFacility("ward-9").build();
    byte[] value = serdes.events().serializer().serialize(settings.get(TopicKeys.EVENTS), event);
    DeadLetterTable table = new DeadLetterTable(serdes.events().deserializer());
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setSource(new Source(settings.get(TopicKeys.EVENTS), 0, 1L, 2L))
            .setStage(Stage.DECODE)
            .setReason("CORRUPT_IMAGE")
            .setMessage("Why.")
            .setOriginalKey(ByteBuffer.wrap("key-1".getBytes(StandardCharsets.UTF_8)))
            .setOriginalValue(ByteBuffer.wrap(value))
            .setAttempts(1)
            .setApplicationId("osteon")
            .setFailedAt(Instant.ofEpochMilli(5))
            .build();
    assertThat(table.row(letter)).contains("2.25.5", "key-1", "ward-9", "CORRUPT_IMAGE");
    letter.setOriginalValue(ByteBuffer.wrap(new byte[] {9, 9}));
    assertThat(table.row(letter)).contains("–", "key-1", "CORRUPT_IMAGE");
  }

  private static void send(Producer<byte[], byte[]> producer, String topic, byte[] value)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, "s".getBytes(StandardCharsets.UTF_8), value)).get();
  }

  private static ClassificationResult result() {
    return ClassificationResult.newBuilder()
        .setResultId("r")
        .setEventId("e")
        .setStudyInstanceUid("2.25.1234567890123456789")
        .setFacility("f")
        .setBodyPart("WRIST")
        .setPriority(Priority.ROUTINE)
        .setLabel(Label.BEYOND_REPAIR)
        .setProbabilities(
            List.of(
                new LabelProbability(Label.HEALTHY, 0.09),
                new LabelProbability(Label.BEYOND_REPAIR, 0.91)))
        .setAbnormalProbability(0.91)
        .setConfidence(0.91)
        .setDecision(Decision.REFER)
        .setReferReason("LOW_CONFIDENCE")
        .setResearchUseOnly(true)
        .setModel(new ModelRef("m", "1", "0".repeat(64)))
        .setImage(new ImageSummary("0".repeat(64), "image/jpeg", 10, 20, null, null))
        .setTiming(new Timing(1L, 2L, 3L, 12_345L))
        .setBatchSize(4)
        .setProcessedAt(Instant.ofEpochMilli(1_700_000_000_000L))
        .build();
  }
}
