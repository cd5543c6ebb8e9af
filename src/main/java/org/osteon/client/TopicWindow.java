package org.osteon.client;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
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

  /** The same, telling no one how far it is. */
  public static void read(Settings settings, String topic, Instant since, Reader reader)
      throws InterruptedException {
    read(settings, topic, since, reader, (done, total) -> {});
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
      Map<TopicPartition, Long> wanted = new HashMap<>();
      partitions.forEach(each -> wanted.put(each, since.toEpochMilli()));
      Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
      for (TopicPartition each : partitions) {
        OffsetAndTimestamp at = found.get(each);
        consumer.seek(each, at == null ? ends.getOrDefault(each, 0L) : at.offset());
      }
      long left = left(consumer, ends);
      long total = left;
      while (left > 0) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          reader.read(each);
        }
        left = left(consumer, ends);
        watch.progress(total - left, total);
      }
    } catch (KafkaException e) {
      throw KafkaFault.of("read topic " + topic, e);
    }
  }

  /** Offsets before the ends; a transaction's marker is one, and no record. */
  private static long left(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
        .sum();
  }
}
