package org.osteon.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.client.PlainClients;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.DeadLetter;
import org.osteon.event.Redrives;
import org.osteon.event.Source;
import org.osteon.event.Stage;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.testing.CommandRun;

/** What {@code osteon redrive} publishes again, and how often. */
@Tag("integration")
@Timeout(600)
class RedriveTest extends CommandsOnTopics {
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
}
