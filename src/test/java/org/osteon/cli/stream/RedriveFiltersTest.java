package org.osteon.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.DeadLetter;
import org.osteon.event.Source;
import org.osteon.event.Stage;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.model.ShippedModel;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;

/** Which letters redrive takes, and how the rounds of one event are counted. */
@Tag("integration")
class RedriveFiltersTest {
  private final Settings settings =
      Platform.settings(
          Platform.broker().bootstrapServers(),
          Platform.registry().url(),
          Map.of("model.path", ShippedModel.smallest().toString(), "http.port", "0"));

  @BeforeEach
  void topics() throws Exception {
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(1, 1, false);
    }
  }

  @Test
  void byStageReasonAndTimeAndEachRunRemembersItsOwn() throws Exception {
    Instant now = Instant.now();
    bury(Stage.FETCH, "STORE_UNAVAILABLE", now.minus(Duration.ofHours(5)));
    bury(Stage.FETCH, "NOT_FOUND", now.minus(Duration.ofHours(3)));
    bury(Stage.DECODE, "TRUNCATED_IMAGE", now.minus(Duration.ofHours(2)));
    bury(Stage.FETCH, "STORE_UNAVAILABLE", now);

    assertThat(redrive("--dry-run", "--stage=FETCH")).contains("3 dead letters would be");
    assertThat(redrive("--dry-run", "--since=4h")).contains("3 dead letters would be");
    assertThat(redrive("--dry-run", "--since=4h", "--until=1h", "--stage=FETCH"))
        .contains("1 dead letters would be")
        .contains("NOT_FOUND");
    String until = "--until=" + now.minus(Duration.ofMinutes(1));
    assertThat(redrive(until, "--reason=STORE_UNAVAILABLE"))
        .contains("1 dead letters published again")
        .contains("Nothing is remembered");
    assertThat(redrive("--stage=FETCH", "--reason=STORE_UNAVAILABLE", "--rate=50"))
        .contains("2 dead letters published again");
    assertThat(redrive("--reason=STORE_UNAVAILABLE")).contains("0 dead letters");
    assertThat(redrive("--stage=FETCH")).contains("1 dead letters published again");
    assertThat(redrive()).contains("1 dead letters published again");
    assertThat(redrive()).contains("0 dead letters");
  }

  @Test
  void whatCannotBeATimeOrAStageIsWrongUsage() {
    assertThat(CommandRun.of(settings, "redrive", "--since=yesterday").status()).isEqualTo(2);
    assertThat(CommandRun.of(settings, "redrive", "--since=yesterday").err()).contains("2h");
    assertThat(CommandRun.of(settings, "redrive", "--stage=UNKNOWN").status()).isEqualTo(2);
    assertThat(CommandRun.of(settings, "redrive", "--rate=-1").status()).isEqualTo(2);
  }

  @Test
  void eachRoundIsAnAttemptAndAfterThreeItStays() throws Exception {
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      producer.send(new ProducerRecord<>(settings.get(TopicKeys.EVENTS), new byte[] {9, 9})).get();
    }
    try (OsteonService service = OsteonService.start(settings, Hooks.none())) {
      for (int round = 1; round <= 4; round++) {
        DeadLetter letter = letter(round);
        assertThat(letter.getReason()).isEqualTo("UNKNOWN_MAGIC");
        assertThat(letter.getAttempts()).isEqualTo(round);
        assertThat(redrive()).contains((round <= 3 ? 1 : 0) + " dead letters published again");
      }
      assertThat(service.health().notAlive().isEmpty()).isTrue();
    }
  }

  /** The n-th letter of the topic, waited for. */
  private DeadLetter letter(int n) {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    AtomicReference<DeadLetter> last = new AtomicReference<>();
    int[] seen = new int[1];
    try (TopicFollower follower =
        new TopicFollower(settings, settings.get(TopicKeys.DEAD_LETTERS), true)) {
      follower.follow(
          each -> {
            last.set(serdes.deadLetters().deserializer().deserialize(each.topic(), each.value()));
            return ++seen[0] < n;
          });
    }
    return Objects.requireNonNull(last.get());
  }

  private String redrive(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "redrive";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandRun run = CommandRun.of(settings, all);
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  private void bury(Stage stage, String reason, Instant failedAt) throws Exception {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setSource(new Source(settings.get(TopicKeys.EVENTS), 0, 1L, 2L))
            .setStage(stage)
            .setReason(reason)
            .setMessage("Why.")
            .setOriginalKey(ByteBuffer.wrap(new byte[] {1}))
            .setOriginalValue(ByteBuffer.wrap(new byte[] {2}))
            .setOriginalTruncated(false)
            .setAttempts(1)
            .setApplicationId("osteon")
            .setFailedAt(Instant.ofEpochMilli(failedAt.toEpochMilli()))
            .build();
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    String topic = settings.get(TopicKeys.DEAD_LETTERS);
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      byte[] value = serdes.deadLetters().serializer().serialize(topic, letter);
      producer.send(new ProducerRecord<>(topic, new byte[] {1}, value)).get();
    }
  }
}
