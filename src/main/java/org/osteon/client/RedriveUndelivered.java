package org.osteon.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.KafkaFault;
import org.osteon.event.Redrives;
import org.osteon.event.Undelivered;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;

/**
 * Asks targets once more for what they refused for good: each record of {@code topics.undelivered}
 * goes there again with a count in a header, which is what its target acts on, and no other.
 *
 * <p>Where it got to is committed, by target, so a second run asks only for what was refused since.
 */
public final class RedriveUndelivered {
  private final Settings settings;
  private final String target;
  private final int max;

  /**
   * @param target its name; empty for all
   * @param max how often one result may be asked for again
   */
  public RedriveUndelivered(Settings settings, String target, int max) {
    this.settings = settings;
    this.target = target;
    this.max = max;
  }

  /**
   * What came of it.
   *
   * @param published asked for again, or that would be
   * @param guarded left because they had their rounds
   */
  public record Outcome(int published, int guarded) {}

  /**
   * @param dryRun publishes and commits nothing
   * @throws KafkaFault something could not be read or published; a further run begins there again
   */
  public Outcome run(boolean dryRun) {
    String topic = settings.get(TopicKeys.UNDELIVERED);
    String group =
        settings.get(KafkaKeys.APPLICATION_ID)
            + "-redrive-undelivered"
            + (target.isEmpty() ? "" : "-" + target);
    Map<String, Object> further = Map.of("group.id", group, "allow.auto.create.topics", false);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    try (Consumer<byte[], byte[]> letters = PlainClients.consumer(settings, further);
        Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      List<TopicPartition> partitions = TopicFollower.partitions(letters, topic);
      letters.assign(partitions);
      Map<TopicPartition, Long> ends = letters.endOffsets(partitions);
      begin(letters, partitions);
      Run run = new Run(serdes.undelivered().deserializer(), producer, dryRun);
      while (partitions.stream().anyMatch(p -> letters.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> each : letters.poll(Duration.ofMillis(200))) {
          TopicPartition partition = new TopicPartition(each.topic(), each.partition());
          // What this run publishes lies behind: it is the targets'.
          if (each.offset() < ends.getOrDefault(partition, 0L)) {
            run.take(each);
          }
        }
      }
      run.arrived();
      if (!dryRun) {
        Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
        ends.forEach((partition, end) -> reached.put(partition, new OffsetAndMetadata(end)));
        letters.commitSync(reached);
      }
      return new Outcome(run.published, run.guarded);
    } catch (KafkaException e) {
      throw KafkaFault.of("redrive " + topic, e);
    }
  }

  private static void begin(Consumer<byte[], byte[]> letters, List<TopicPartition> partitions) {
    letters.seekToBeginning(partitions);
    letters
        .committed(Set.copyOf(partitions))
        .forEach(
            (partition, mark) -> {
              if (mark != null) {
                letters.seek(partition, mark.offset());
              }
            });
  }

  /** One pass; for one thread. */
  private final class Run {
    private final List<Future<?>> sent = new ArrayList<>();
    private final Deserializer<Undelivered> deserializer;
    private final Producer<byte[], byte[]> producer;
    private final boolean dryRun;
    private int published;
    private int guarded;

    Run(Deserializer<Undelivered> deserializer, Producer<byte[], byte[]> producer, boolean dryRun) {
      this.deserializer = deserializer;
      this.producer = producer;
      this.dryRun = dryRun;
    }

    void take(ConsumerRecord<byte[], byte[]> found) {
      // One that asks already is no refusal.
      if (found.value() == null || Redrives.of(found.headers()) > 0) {
        return;
      }
      Undelivered letter = deserializer.deserialize(found.topic(), found.value());
      if (!target.isEmpty() && !target.equals(letter.getTarget())) {
        return;
      }
      int before = before(found.headers().lastHeader(Redrives.BEFORE));
      if (before >= max) {
        guarded++;
        return;
      }
      published++;
      if (!dryRun) {
        RecordHeaders headers = new RecordHeaders();
        Redrives.set(headers, before + 1);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    found.topic(), null, null, found.key(), found.value(), headers)));
      }
    }

    void arrived() {
      producer.flush();
      sent.forEach(each -> KafkaFault.get("publish to the undelivered", each));
    }

    private int before(@Nullable Header header) {
      String text =
          header == null || header.value() == null
              ? "0"
              : new String(header.value(), StandardCharsets.US_ASCII);
      return text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
    }
  }
}
