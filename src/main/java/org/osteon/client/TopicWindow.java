package org.osteon.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.osteon.config.Settings;
import org.osteon.event.KafkaFault;

/** What a topic holds since a moment, up to what it holds now; committed only. */
public final class TopicWindow {
  private TopicWindow() {}

  /** Told of each record; it may stop reading by an exception. */
  @FunctionalInterface
  public interface Reader {
    void read(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
  }

  /** Told how many of how many offsets are behind. */
  @FunctionalInterface
  public interface Watch {
    void progress(long done, long total);
  }

  /** Told nothing of how far it is. */
  public static final Watch UNWATCHED = (done, total) -> {};

  /** The same, telling no one how far it is. */
  public static void read(Settings settings, String topic, Instant since, Reader reader)
      throws InterruptedException {
    read(settings, topic, since, reader, UNWATCHED);
  }

  /**
   * @throws KafkaFault the brokers cannot be reached
   * @throws OperationFailedException there is no such topic
   */
  public static void read(
      Settings settings, String topic, Instant since, Reader reader, Watch watch)
      throws InterruptedException {
    Map<String, Object> further = Map.of("allow.auto.create.topics", false, "max.poll.records", 20);
    try (Consumer<byte[], byte[]> consumer = PlainClients.consumer(settings, further)) {
      List<TopicPartition> partitions = TopicFollower.partitions(consumer, topic);
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      seek(consumer, since);
      long left = left(consumer, ends);
      long total = left;
      while (left > 0) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          reader.read(each);
        }
        left = left(consumer, ends);
        watch.progress(total - left, total);
      }
    } catch (SerializationException e) {
      throw e;
    } catch (KafkaException e) {
      throw KafkaFault.of("read topic " + topic, e);
    }
  }

  /**
   * The values that a topic holds since a moment, those of tombstones left out.
   *
   * @param unreadable told the offset of what the deserializer refuses
   */
  public static <T> void values(
      Settings settings,
      String topic,
      Instant since,
      Deserializer<T> deserializer,
      java.util.function.Consumer<T> each,
      LongConsumer unreadable,
      Watch watch)
      throws InterruptedException {
    read(
        settings,
        topic,
        since,
        found -> {
          try {
            T value = deserializer.deserialize(topic, found.value());
            if (value != null) {
              each.accept(value);
            }
          } catch (SerializationException e) {
            unreadable.accept(found.offset());
          }
        },
        watch);
  }

  /**
   * What a compacted topic holds now, by key.
   *
   * @throws SerializationException it holds something else
   */
  public static <T> Map<String, T> latest(
      Settings settings, String topic, Deserializer<T> deserializer, Watch watch)
      throws InterruptedException {
    Map<String, T> held = new TreeMap<>();
    read(
        settings,
        topic,
        Instant.EPOCH,
        found -> {
          String key = new String(found.key(), StandardCharsets.UTF_8);
          if (found.value() == null) {
            held.remove(key);
          } else {
            held.put(key, deserializer.deserialize(topic, found.value()));
          }
        },
        watch);
    return held;
  }

  /**
   * Sets each of a consumer's partitions to its first record since a moment, else to its end.
   *
   * @throws KafkaException the brokers cannot be reached
   */
  public static void seek(Consumer<?, ?> consumer, Instant since) {
    Map<TopicPartition, Long> wanted = new HashMap<>();
    consumer.assignment().forEach(each -> wanted.put(each, since.toEpochMilli()));
    Map<TopicPartition, Long> ends = consumer.endOffsets(wanted.keySet());
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
    for (TopicPartition each : wanted.keySet()) {
      OffsetAndTimestamp at = found.get(each);
      consumer.seek(each, at == null ? ends.getOrDefault(each, 0L) : at.offset());
    }
  }

  /** Offsets before the ends; a transaction's marker is one, and no record. */
  private static long left(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
        .sum();
  }
}
