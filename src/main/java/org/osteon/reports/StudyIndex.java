package org.osteon.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.osteon.client.TopicWindow;
import org.osteon.event.ClassificationResult;
import org.osteon.event.KafkaFault;

/**
 * Which studies were answered, and under which accession number, by the names that results have:
 * some hundred bytes a study, read again at each start.
 *
 * <p><b>Threading.</b> Any number of threads ask; one at a time reads on.
 */
final class StudyIndex implements AutoCloseable {
  private final Map<String, Set<String>> byAccession = new HashMap<>();
  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<ClassificationResult> deserializer;
  private final String topic;
  private final List<TopicPartition> partitions;

  /**
   * @param consumer of bytes, in no group; closed here
   * @param topic {@code topics.results}
   * @param since older answers are not read: no one waits for reports of them
   */
  StudyIndex(
      Consumer<byte[], byte[]> consumer,
      Deserializer<ClassificationResult> deserializer,
      String topic,
      Instant since) {
    this.consumer = consumer;
    this.deserializer = deserializer;
    this.topic = topic;
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    TopicWindow.seek(consumer, since);
  }

  /**
   * Studies of an order that were answered by now.
   *
   * @param accession as results have it
   * @throws KafkaFault the brokers do not answer
   */
  synchronized Set<String> of(String accession) {
    try {
      readToEnd();
    } catch (KafkaException e) {
      throw KafkaFault.of("read topic " + topic, e);
    }
    return Set.copyOf(byAccession.getOrDefault(accession, Set.of()));
  }

  private void readToEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
        take(each);
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      ClassificationResult result = deserializer.deserialize(topic, record.value());
      if (result != null && result.getAccessionNumber() != null) {
        byAccession
            .computeIfAbsent(result.getAccessionNumber(), any -> new HashSet<>(2))
            .add(new String(record.key(), StandardCharsets.UTF_8));
      }
    } catch (SerializationException e) {
      // Whatever it is, no order is known by it; others count what cannot be read.
    }
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
