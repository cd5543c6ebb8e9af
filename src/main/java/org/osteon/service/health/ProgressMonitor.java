package org.osteon.service.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second at what the consumers have not fetched, and whether anything moves.
 *
 * <p>The lag is the consumers' own: it ends behind the markers that transactions leave in a topic,
 * where a group's committed offset stays one short of the end forever.
 *
 * <p><b>Threading.</b> One thread of its own.
 */
public final class ProgressMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressMonitor.class);
  private static final long EVERY_SECONDS = 1;

  private final ScheduledExecutorService thread = Watches.thread("osteon-progress");
  private final Supplier<Iterable<? extends Metric>> clients;
  private final Set<String> topic;
  private final PartitionBacklog backlog;
  private final LongSupplier progress;
  private final Health health;
  private final Duration stuckAfter;
  private long answered;
  private long movedNanos = System.nanoTime();

  /**
   * @param clients metrics of all Kafka clients
   * @param topic the events topic
   * @param backlog of this replica's partitions, told what was found
   * @param progress grows with each record that is answered
   * @param stuckAfter so long without an answer, with backlog, and the replica counts as stuck
   */
  public ProgressMonitor(
      Supplier<Iterable<? extends Metric>> clients,
      String topic,
      PartitionBacklog backlog,
      LongSupplier progress,
      Health health,
      Duration stuckAfter) {
    this.clients = clients;
    // Older clients wrote dots in a metric's tags as underscores.
    this.topic = new HashSet<>(Set.of(topic));
    this.topic.add(topic.replace('.', '_'));
    this.backlog = backlog;
    this.progress = progress;
    this.health = health;
    this.stuckAfter = stuckAfter;
  }

  public void start() {
    thread.scheduleWithFixedDelay(this::safely, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void safely() {
    try {
      beat(System.nanoTime());
    } catch (RuntimeException e) {
      // A monitor that stops without a word would leave the last backlog standing forever.
      LOG.warn("The backlog cannot be read: {}", e.toString());
    }
  }

  private void beat(long now) {
    Map<Integer, Long> lags = lags();
    backlog.backlog(lags::get, System.currentTimeMillis());
    long soFar = progress.getAsLong();
    boolean moves = soFar != answered || backlog.backlog() == 0;
    if (moves || health.waitsForOthers()) {
      answered = soFar;
      movedNanos = now;
      health.stuck(null);
    } else if (now - movedNanos > stuckAfter.toNanos()) {
      health.stuck(
          "%d records wait and none was answered for %d s."
              .formatted(backlog.backlog(), TimeUnit.NANOSECONDS.toSeconds(now - movedNanos)));
    }
  }

  private Map<Integer, Long> lags() {
    Map<Integer, Long> lags = new HashMap<>();
    for (Metric metric : clients.get()) {
      Map<String, String> tags = metric.metricName().tags();
      String partition = tags.get("partition");
      if (metric.metricName().name().equals("records-lag")
          && partition != null
          && topic.contains(tags.get("topic"))
          && metric.metricValue() instanceof Double lag
          && !lag.isNaN()) {
        lags.merge(Integer.parseInt(partition), lag.longValue(), Math::max);
      }
    }
    return lags;
  }
}
