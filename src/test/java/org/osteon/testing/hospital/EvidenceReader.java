package org.osteon.testing.hospital;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.digest.Sha256;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.StudyAssessment;
import org.osteon.event.registry.EventSerdes;
import org.osteon.testing.hospital.Evidence.Letter;
import org.osteon.testing.hospital.Evidence.Published;
import org.osteon.testing.hospital.Evidence.Result;

/**
 * Reads what came of a ward's events, from the beginning of each topic.
 *
 * <p><b>Threading.</b> One thread, once.
 */
final class EvidenceReader {
  private final List<Result> results = new ArrayList<>();
  private final List<Letter> letters = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final Map<String, StudyAssessment> studies = new HashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final Map<TopicPartition, Long> read = new HashMap<>();
  private final Settings settings;
  private final Settings reader;
  private final EventSerdes serdes;
  private final Map<String, String> digests;

  /**
   * @param settings name the topics
   * @param reader of who reads
   * @param digests of the events that must become dead letters, by id
   */
  EvidenceReader(
      Settings settings, Settings reader, EventSerdes serdes, Map<String, String> digests) {
    this.settings = settings;
    this.reader = reader;
    this.serdes = serdes;
    this.digests = digests;
  }

  /** As {@link Ward#evidence(boolean, Duration)} says. */
  Evidence read(List<Published> published, boolean atLeast, Duration patience) {
    Map<String, Object> config = new TreeMap<>(reader.kafkaClient());
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    Map<String, Object> uncommitted = new TreeMap<>(config);
    uncommitted.put("isolation.level", "read_uncommitted");
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaConsumer<byte[], byte[]> ahead =
            new KafkaConsumer<>(
                uncommitted, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic :
          List.of(
              settings.get(TopicKeys.RESULTS),
              settings.get(TopicKeys.DEAD_LETTERS),
              settings.get(TopicKeys.ALERTS),
              settings.get(TopicKeys.STUDIES))) {
        consumer
            .partitionsFor(topic)
            .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long progress = System.nanoTime();
      while (System.nanoTime() - progress < patience.toNanos()) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(200));
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          // A broker that comes back may set a reader to the beginning: what it then reads again
          // is not there twice.
          TopicPartition from = new TopicPartition(record.topic(), record.partition());
          if (record.offset() <= read.getOrDefault(from, -1L)) {
            continue;
          }
          read.put(from, record.offset());
          take(record);
        }
        progress = polled.isEmpty() ? progress : System.nanoTime();
        boolean all = answered.size() >= published.size();
        boolean atEnd =
            consumer.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        int counted = studies.values().stream().mapToInt(StudyAssessment::getImages).sum();
        long classified = results.stream().map(Result::eventId).distinct().count();
        boolean complete = all && counted >= classified && isDecided(ahead, consumer);
        if (atEnd && polled.isEmpty() && (complete || !atLeast)) {
          break;
        }
      }
    }
    results.sort(Comparator.comparingInt(Result::partition).thenComparingLong(Result::offset));
    return new Evidence(published, results, letters, alerts, studies);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.topic().equals(settings.get(TopicKeys.ALERTS))) {
      alerts.add(serdes.alerts().deserializer().deserialize(record.topic(), record.value()));
      return;
    }
    if (record.topic().equals(settings.get(TopicKeys.STUDIES))) {
      studies.put(key, serdes.studies().deserializer().deserialize(record.topic(), record.value()));
      return;
    }
    if (record.topic().equals(settings.get(TopicKeys.RESULTS))) {
      ClassificationResult result =
          serdes.results().deserializer().deserialize(record.topic(), record.value());
      results.add(new Result(result, key, record.partition(), record.offset()));
      answered.add(result.getEventId());
      return;
    }
    DeadLetter letter =
        serdes.deadLetters().deserializer().deserialize(record.topic(), record.value());
    ByteBuffer value = letter.getOriginalValue();
    byte[] original = value == null ? new byte[0] : new byte[value.remaining()];
    if (value != null) {
      value.duplicate().get(original);
    }
    ByteBuffer letterKey = letter.getOriginalKey();
    String id = letter.getEventId() == null ? Sha256.of(original) : letter.getEventId();
    boolean kept =
        Sha256.of(original).equals(digests.get(id))
            && letterKey != null
            && Arrays.equals(record.key(), bytes(letterKey));
    letters.add(new Letter(id, letter.getReason(), kept));
    answered.add(id);
  }

  /**
   * Whether no transaction is open on what is read: its parts become visible one partition after
   * another, and alerts may come last.
   */
  private static boolean isDecided(Consumer<?, ?> ahead, Consumer<?, ?> reader) {
    Set<TopicPartition> partitions = reader.assignment();
    return ahead.endOffsets(partitions).equals(reader.endOffsets(partitions));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
