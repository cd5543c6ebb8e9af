package org.osteon.deliver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.osteon.client.TopicWindow;
import org.osteon.event.StudyAssessment;
import org.osteon.limit.BoundedMap;

/**
 * Studies that are settled, as far back as a result may wait for that; those of longer ago are of
 * no use, because nothing waits for them any more.
 *
 * <p><b>Threading.</b> Any number of threads ask; one of them at a time reads on.
 */
final class SettledStudies implements AutoCloseable {
  private static final int MOST = 200_000;

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<StudyAssessment> deserializer;
  private final Map<String, Instant> settled = BoundedMap.byAge(MOST);

  /**
   * @param consumer of bytes, in no group; closed here
   * @param topic {@code topics.studies}
   * @param back how far
   */
  SettledStudies(
      Consumer<byte[], byte[]> consumer,
      Deserializer<StudyAssessment> deserializer,
      String topic,
      Duration back) {
    this.consumer = consumer;
    this.deserializer = deserializer;
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    TopicWindow.seek(consumer, Instant.now().minus(back));
  }

  /** Takes what has come by now. */
  synchronized void readOn() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ZERO)) {
      if (record.key() == null) {
        continue;
      }
      String study = new String(record.key(), StandardCharsets.UTF_8);
      StudyAssessment assessment = read(record);
      if (assessment == null || !assessment.getSettled()) {
        settled.remove(study);
      } else {
        settled.put(study, assessment.getUpdatedAt());
      }
    }
  }

  /** Whether the study is settled, with what was known of it then. */
  synchronized boolean contains(String study, Instant known) {
    Instant at = settled.get(study);
    return at != null && !at.isBefore(known);
  }

  private @Nullable StudyAssessment read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null
          ? null
          : deserializer.deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      // It then waits for deliver.settle.seconds, no longer.
      return null;
    }
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
