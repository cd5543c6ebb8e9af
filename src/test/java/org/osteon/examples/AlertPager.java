package org.osteon.examples;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.osteon.event.Alert;
import org.osteon.event.Priority;
import org.osteon.event.Severity;

/**
 * Pages someone for each alert, once, whatever is delivered twice and wherever it is killed.
 *
 * <p>The order is what makes it so: page, remember, commit the offsets. Killed after the first, it
 * pages again, with the alert's id as the key by which paging services drop a second one; killed
 * after the second, it finds the id in its ledger.
 *
 * <p><b>Threading.</b> One thread runs it; any other may {@link #stop} it.
 */
public final class AlertPager implements AutoCloseable {
  /** STAT first, then what is critical, then in order of arrival. */
  private static final Comparator<Alert> MOST_URGENT_FIRST =
      Comparator.comparing((Alert alert) -> alert.getPriority() != Priority.STAT)
          .thenComparing(alert -> alert.getSeverity() != Severity.CRITICAL)
          .thenComparing(Alert::getRaisedAt);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Deserializer<Alert> values;
  private final Ledger ledger;
  private final Paging paging;
  private volatile boolean stopped;

  /** A paging service. */
  @FunctionalInterface
  public interface Paging {
    /**
     * @param key the service must drop a second page of the same key
     * @throws IOException it did not take the page; it is tried again
     */
    void page(String key, Alert alert) throws IOException;
  }

  /**
   * @param client brokers, TLS, SASL
   * @param group the same in all instances of this pager
   */
  public AlertPager(
      Map<String, Object> client,
      String group,
      String topic,
      Deserializer<Alert> values,
      Ledger ledger,
      Paging paging) {
    Map<String, Object> config = new TreeMap<>(client);
    config.put("group.id", group);
    // What a crashed replica published and never committed is none of our business.
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", "false");
    config.put("auto.offset.reset", "earliest");
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(topic));
    this.values = values;
    this.ledger = ledger;
    this.paging = paging;
  }

  /**
   * Runs until {@link #stop}.
   *
   * @throws IOException the paging service or the ledger failed; nothing was committed, so a
   *     restart begins with the same alerts
   */
  public void run() throws IOException {
    while (!stopped) {
      List<Alert> alerts = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(500))) {
        alerts.add(values.deserialize(each.topic(), each.value()));
      }
      alerts.sort(MOST_URGENT_FIRST);
      for (Alert alert : alerts) {
        // What is for the review list pages no one.
        if (alert.getSeverity() != Severity.REVIEW && !ledger.holds(alert.getAlertId())) {
          paging.page(alert.getAlertId(), alert);
          ledger.add(alert.getAlertId());
        }
      }
      consumer.commitSync();
    }
  }

  /** Ends {@link #run} within half a second. */
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
