package org.osteon.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.cli.output.DeadLetterTable;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.TopicKeys;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.Decision;
import org.osteon.event.EventReading;
import org.osteon.event.ImageSummary;
import org.osteon.event.InlineImage;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Redrives;
import org.osteon.event.Severity;
import org.osteon.event.Source;
import org.osteon.event.Stage;
import org.osteon.event.StudyAssessment;
import org.osteon.event.Timing;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.registry.RegistryEventReader;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Events;
import org.osteon.testing.Platform;
import org.osteon.testing.Verdicts;

/** The commands against a real broker and a real registry. */
@Tag("integration")
@Timeout(600)
class PublishWatchRedriveTest {
  @TempDir Path folder;
  private final Settings settings = Platform.settings();

  @BeforeEach
  void topics() {
    CommandRun run = CommandRun.of(settings, "topics", "--partitions=2");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(CommandRun.of(settings, "topics").out()).contains("as they should be");
  }

  @Test
  void everyImageArrivesAsAnEvent() throws Exception {
    for (int i = 0; i < 12; i++) {
      Files.write(folder.resolve(i + ".jpg"), new byte[] {(byte) i, 7});
    }
    CommandRun run =
        CommandRun.of(
            settings, "publish", folder.toString(), "--priority=stat", "--body-part=HAND");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("12 images published to " + settings.get(TopicKeys.EVENTS));

    RegistryEventReader reader =
        new RegistryEventReader(
            Registry.connect(settings),
            new RegistryPatience(Duration.ZERO, RegistryPatience.UNWATCHED));
    TreeSet<Integer> seen = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> each : read(settings.get(TopicKeys.EVENTS), 12)) {
      XRayEvent event = ((EventReading.Read) reader.read(each.value())).event();
      assertThat(new String(each.key(), StandardCharsets.UTF_8))
          .isEqualTo(event.getStudyInstanceUid());
      assertThat(event.getPriority()).isEqualTo(Priority.STAT);
      assertThat(event.getBodyPart()).isEqualTo("HAND");
      assertThat(event.getContentType()).isEqualTo("image/jpeg");
      ByteBuffer data = ((InlineImage) event.getImage()).getData();
      assertThat(data.remaining()).isEqualTo(2);
      seen.add((int) data.get(data.position()));
    }
    assertThat(seen).hasSize(12);
  }

  @Test
  void publishingToATopicThatIsNotThereFails() throws Exception {
    Files.write(folder.resolve("1.jpg"), new byte[1]);
    CommandRun run = CommandRun.of(Platform.settings(), "publish", folder.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("osteon topics").hasLineCount(1);
    CommandRun watch = CommandRun.of(Platform.settings(), "watch");
    assertThat(watch.status()).isEqualTo(1);
    assertThat(watch.err()).contains("osteon topics").hasLineCount(1);
  }

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

  private static void send(Producer<byte[], byte[]> producer, String topic, byte[] value)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, "s".getBytes(StandardCharsets.UTF_8), value)).get();
  }

  @Test
  void aLetterIsPublishedAgainByteForByteAndNotForEver() throws Exception {
    Headers own = new RecordHeaders();
    own.add("trace", new byte[] {1, 2});
    bury("UNKNOWN_SCHEMA", new byte[] {0, 5, 6}, own, false);
    bury("TRUNCATED_IMAGE", new byte[] {9}, new RecordHeaders(), false);
    bury("TOO_MANY_BYTES", new byte[] {9}, new RecordHeaders(), true);

    assertThat(CommandRun.of(settings, "redrive", "--dry-run").out())
        .contains("2 dead letters would be published again")
        .contains("1 left: too large");
    CommandRun one = CommandRun.of(settings, "redrive", "--reason=UNKNOWN_SCHEMA");
    assertThat(one.status()).as(one.err()).isZero();
    assertThat(one.out()).contains("1 dead letters published again");
    ConsumerRecord<byte[], byte[]> event = read(settings.get(TopicKeys.EVENTS), 1).get(0);
    assertThat(event.key()).isEqualTo(new byte[] {1, 1});
    assertThat(event.value()).isEqualTo(new byte[] {0, 5, 6});
    assertThat(event.headers().lastHeader("trace").value()).isEqualTo(new byte[] {1, 2});
    assertThat(event.headers().lastHeader(Redrives.HEADER).value()).isEqualTo(new byte[] {'1'});
    // The second run has nothing left to do.
    assertThat(CommandRun.of(settings, "redrive", "--reason=UNKNOWN_SCHEMA").out())
        .contains("0 dead letters");
    // Nor has a run over all of them, but for the other reason.
    assertThat(CommandRun.of(settings, "redrive").out()).contains("1 dead letters published again");
    assertThat(CommandRun.of(settings, "redrive").out()).contains("0 dead letters");
    assertThat(CommandRun.of(settings, "redrive", "--from-beginning", "--dry-run").out())
        .contains("2 dead letters would be");

    // It dies again and again, as a service that carries headers on would bury it.
    Headers carried = event.headers();
    for (int round = 2; round <= 3; round++) {
      bury("UNKNOWN_SCHEMA", event.value(), carried, false);
      assertThat(CommandRun.of(settings, "redrive", "--reason=UNKNOWN_SCHEMA").out())
          .contains("1 dead letters published again");
      carried =
          read(settings.get(TopicKeys.EVENTS), round + 1).stream()
              .map(ConsumerRecord::headers)
              .filter(headers -> headers.lastHeader("trace") != null)
              .max(Comparator.comparing(headers -> headers.lastHeader(Redrives.HEADER).value()[0]))
              .orElseThrow();
    }
    bury("UNKNOWN_SCHEMA", event.value(), carried, false);
    assertThat(CommandRun.of(settings, "redrive", "--reason=UNKNOWN_SCHEMA").out())
        .contains("0 dead letters published again")
        .contains("1 left: published again 3 times already");
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

  private void bury(String reason, byte[] value, Headers headers, boolean truncated)
      throws Exception {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setSource(new Source(settings.get(TopicKeys.EVENTS), 0, 1L, 2L))
            .setStage(Stage.DESERIALIZE)
            .setReason(reason)
            .setMessage("Why.")
            .setOriginalKey(ByteBuffer.wrap(new byte[] {1, 1}))
            .setOriginalValue(truncated ? null : ByteBuffer.wrap(value))
            .setOriginalTruncated(truncated)
            .setAttempts(1)
            .setApplicationId("osteon")
            .setFailedAt(Instant.ofEpochMilli(5))
            .build();
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    byte[] bytes =
        serdes.deadLetters().serializer().serialize(settings.get(TopicKeys.DEAD_LETTERS), letter);
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      producer
          .send(
              new ProducerRecord<>(
                  settings.get(TopicKeys.DEAD_LETTERS), null, new byte[] {1, 1}, bytes, headers))
          .get();
    }
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

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (TopicFollower follower = new TopicFollower(settings, topic, true)) {
      follower.follow(
          each -> {
            found.add(each);
            return found.size() < count;
          });
    }
    assertThat(Map.of("count", found.size())).containsEntry("count", count);
    return found;
  }
}
