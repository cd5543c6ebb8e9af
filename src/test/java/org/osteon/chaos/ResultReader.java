package org.osteon.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;

/**
 * A reader of {@code read_committed} who follows the results and notes when each came to be seen.
 *
 * <p><b>Threading.</b> A thread of its own reads; anyone may ask what was seen.
 */
final class ResultReader implements AutoCloseable {
  private final Map<String, Instant> seen = new ConcurrentHashMap<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final EventSerdes serdes;
  private final Thread thread = new Thread(this::read, "reader");

  ResultReader(Settings settings) {
    serdes = new EventSerdes(Registry.connect(settings), settings);
    Map<String, Object> config = new TreeMap<>(settings.kafkaClient());
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", "false");
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(settings.get(TopicKeys.RESULTS)).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.start();
  }

  /** When the first result of each event was seen, by the event's id. */
  Map<String, Instant> seen() {
    return seen;
  }

  @Override
  public void close() throws InterruptedException {
    consumer.wakeup();
    thread.join();
  }

  private void read() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
          ClassificationResult result =
              serdes.results().deserializer().deserialize(each.topic(), each.value());
          seen.putIfAbsent(result.getEventId(), Instant.now());
        }
      }
    } catch (WakeupException closed) {
      // Told to end.
    }
  }
}
