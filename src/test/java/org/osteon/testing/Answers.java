package org.osteon.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;

/**
 * What a reader of {@code read_committed} finds of some events.
 *
 * @param results of them, and of others
 * @param deadLetters of them, and of others
 */
public record Answers(List<ClassificationResult> results, List<DeadLetter> deadLetters) {
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  /** Reads until each event has its result or dead letter, or nothing comes for long. */
  public static Answers await(Settings settings, Collection<String> eventIds) {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    Answers answers = new Answers(new ArrayList<>(), new ArrayList<>());
    Set<String> missing = new HashSet<>(eventIds);
    Map<String, Object> config = settings.kafkaClient();
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic :
          List.of(settings.get(TopicKeys.RESULTS), settings.get(TopicKeys.DEAD_LETTERS))) {
        consumer
            .partitionsFor(topic)
            .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long progress = System.nanoTime();
      while (!missing.isEmpty() && System.nanoTime() - progress < PATIENCE.toNanos()) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          progress = System.nanoTime();
          missing.remove(answers.add(serdes, settings, each));
        }
      }
    }
    return answers;
  }

  private String add(EventSerdes serdes, Settings settings, ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(settings.get(TopicKeys.RESULTS))) {
      ClassificationResult result =
          serdes.results().deserializer().deserialize(record.topic(), record.value());
      results.add(result);
      return result.getEventId();
    }
    DeadLetter letter =
        serdes.deadLetters().deserializer().deserialize(record.topic(), record.value());
    deadLetters.add(letter);
    return String.valueOf(letter.getEventId());
  }
}
