package org.osteon.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.osteon.config.Settings;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.EventSerdes;
import org.osteon.event.RecordSizes;

/**
 * Results, dead letters and alerts as a reader of {@code read_committed} sees them.
 *
 * <p><b>Threading.</b> One thread.
 */
final class Outcomes implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final Settings settings;
  private final EventSerdes serdes;

  Outcomes(Settings settings, EventSerdes serdes) {
    this.settings = settings;
    this.serdes = serdes;
    int largest = RecordSizes.forImagesOf(settings.imageMaxBytes()).deadLetter();
    Map<String, Object> config = new TreeMap<>(settings.kafkaClient());
    config.put("group.id", settings.applicationId() + "-demo");
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    config.put("max.partition.fetch.bytes", largest);
    this.consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(
        List.of(settings.resultsTopic(), settings.deadLettersTopic(), settings.alertsTopic()));
  }

  /** Hands out what has arrived, waiting a moment for the first. */
  void poll(
      Consumer<ClassificationResult> results,
      Consumer<DeadLetter> deadLetters,
      Consumer<Alert> alerts) {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
      if (record.topic().equals(settings.resultsTopic())) {
        results.accept(serdes.results().deserializer().deserialize(record.topic(), record.value()));
      } else if (record.topic().equals(settings.alertsTopic())) {
        alerts.accept(serdes.alerts().deserializer().deserialize(record.topic(), record.value()));
      } else {
        deadLetters.accept(
            serdes.deadLetters().deserializer().deserialize(record.topic(), record.value()));
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
