package org.osteon.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.osteon.config.Settings;

/** Reads results as another program does, and counts them. */
final class ResultCounter implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> reader;
  private int seen;

  ResultCounter(Settings settings) {
    this.reader = reader(settings);
  }

  /** A {@code read_committed} reader of all results, from the first. */
  static KafkaConsumer<byte[], byte[]> reader(Settings settings) {
    Map<String, Object> config = new TreeMap<>(settings.kafkaClient());
    config.put("isolation.level", "read_committed");
    config.put("fetch.max.wait.ms", "10");
    KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        reader.partitionsFor(settings.resultsTopic()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
    return reader;
  }

  /**
   * Waits until so many results were seen, all calls together.
   *
   * @throws IllegalStateException where none comes for long
   */
  void await(int count) {
    long progress = System.nanoTime();
    while (seen < count) {
      int came = reader.poll(Duration.ofMillis(50)).count();
      seen += came;
      if (came > 0) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > Duration.ofMinutes(2).toNanos()) {
        throw new IllegalStateException("Only " + seen + " of " + count + " results came.");
      }
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
