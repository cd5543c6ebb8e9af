package org.osteon.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.RecordSizes;
import org.osteon.event.registry.EventSerdes;

/**
 * Results, dead letters and alerts as a reader of {@code read_committed} sees them.
 *
 * <p><b>Threading.</b> One thread.
 */
final class Outcomes implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMillis(50);

  private final TopicFollower follower;
  private final Settings settings;
  private final EventSerdes serdes;

  Outcomes(Settings settings, EventSerdes serdes) {
    this.settings = settings;
    this.serdes = serdes;
    int largest = RecordSizes.forImagesOf(settings.get(ImageKeys.IMAGE_MAX_BYTES)).deadLetter();
    this.follower =
        new TopicFollower(
            settings,
            List.of(
                settings.get(TopicKeys.RESULTS),
                settings.get(TopicKeys.DEAD_LETTERS),
                settings.get(TopicKeys.ALERTS)),
            true,
            Map.of("max.partition.fetch.bytes", largest));
  }

  /** Hands out what has arrived, waiting a moment for the first. */
  void poll(
      Consumer<ClassificationResult> results,
      Consumer<DeadLetter> deadLetters,
      Consumer<Alert> alerts) {
    follower.poll(WAIT, record -> hand(record, results, deadLetters, alerts));
  }

  private void hand(
      ConsumerRecord<byte[], byte[]> record,
      Consumer<ClassificationResult> results,
      Consumer<DeadLetter> deadLetters,
      Consumer<Alert> alerts) {
    String topic = record.topic();
    if (topic.equals(settings.get(TopicKeys.RESULTS))) {
      results.accept(serdes.results().deserializer().deserialize(topic, record.value()));
    } else if (topic.equals(settings.get(TopicKeys.ALERTS))) {
      alerts.accept(serdes.alerts().deserializer().deserialize(topic, record.value()));
    } else {
      deadLetters.accept(serdes.deadLetters().deserializer().deserialize(topic, record.value()));
    }
  }

  @Override
  public void close() {
    follower.close();
  }
}
