package org.osteon.topology;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osteon.streams.BoundedRocksDb;
import org.osteon.topology.classify.ClassifySettings;
import org.osteon.topology.classify.CommitPace;

/**
 * Kafka Streams' settings, derived from one memory budget and the times that must outlast one
 * another.
 *
 * <p>Kafka Streams limits what it buffers in records, never in bytes, and its defaults are made for
 * records of a kilobyte. Here a record is an image: everything is derived from bytes, and every
 * derived setting can be overridden by {@code streams.*}; {@link #check} says which override cannot
 * work.
 *
 * @param exactlyOnce {@code exactly_once_v2}, else {@code at_least_once}
 * @param threads stream threads
 * @param budgetBytes {@code memory.budget.mb} in bytes
 * @param maxRecordBytes the largest event, with its envelope
 * @param maxDeadLetterBytes the largest dead letter, which holds an event
 * @param partitions partitions of the events topic
 * @param batchDelay {@code batch.max.delay.ms}
 * @param longestStep the longest that one fetch, one decode or one model call may take
 */
public record StreamsPlan(
    boolean exactlyOnce,
    int threads,
    long budgetBytes,
    int maxRecordBytes,
    int maxDeadLetterBytes,
    int partitions,
    Duration batchDelay,
    Duration longestStep) {
  private static final long MIB = 1 << 20;

  /** Beyond the time that a drain may take, for what a commit does after it. */
  private static final Duration COMMIT_MARGIN = Duration.ofSeconds(5);

  /** Half of the budget is for images in the pipeline, encoded, each in the record it came in. */
  public long pipelineBytes() {
    return budgetBytes / 2;
  }

  /** Beside the budget: what a shadow holds of images that have ended. */
  public long shadowBytes() {
    return budgetBytes / 16;
  }

  /**
   * A sixteenth is for what the consumers fetch, one answer of the broker in hand and one on its
   * way. Such an array lives until its last image is handed over: large ones are promoted, and each
   * costs the collector a compaction (docs/performance-history.md).
   */
  long fetchBytesPerThread() {
    return Math.max(MIB, budgetBytes / 32 / threads);
  }

  /**
   * A quarter is for Kafka Streams' own queues. A partition is paused beyond this many records, so
   * with the largest images on all partitions the queues hold that quarter, or one image each.
   */
  int bufferedRecords() {
    long share = budgetBytes / 4;
    return (int) Math.max(1, Math.min(1000, share / ((long) partitions * maxRecordBytes)));
  }

  /** How often offsets are committed while the queue is deep; a drain each time. */
  Duration commitInterval() {
    return exactlyOnce ? Duration.ofSeconds(2) : Duration.ofSeconds(5);
  }

  /**
   * How long a pipeline is borne in which nothing moves: a step that hangs is noticed first, and
   * then something can still be said.
   */
  public Duration patience() {
    return longestStep.plus(batchDelay).plus(COMMIT_MARGIN);
  }

  /**
   * Outlasts a drain, which is at most one hung step, or what the pipeline takes ahead. No longer
   * than needed: after a kill, readers of {@code read_committed} wait for it before they see what
   * other replicas publish to the same partitions. A drain that is slower still loses its
   * transaction; its records come again, and by then the pipeline knows to take fewer.
   */
  public Duration transactionTimeout() {
    return commitInterval().plus(patience()).plus(COMMIT_MARGIN);
  }

  /** Outlasts a full pipeline and a drain, both borne to their limits. */
  Duration maxPollInterval() {
    Duration borne = patience().multipliedBy(2).plus(transactionTimeout());
    return borne.compareTo(Duration.ofMinutes(5)) > 0 ? borne : Duration.ofMinutes(5);
  }

  /** What differs from {@link #properties} where orders are joined. */
  public Map<String, String> withOrders() {
    return stores(ClassifyTopology.STORES_ON_DISK_WITH_ORDERS);
  }

  /** All partitions may come to one replica. */
  private Map<String, String> stores(int ofEach) {
    return BoundedRocksDb.properties(BoundedRocksDb.bytes(budgetBytes), ofEach * partitions);
  }

  /** How the processor waits and commits under this plan. */
  public ClassifySettings classifySettings() {
    Duration forwardEvery = Duration.ofMillis(pollMillis());
    CommitPace pace =
        new CommitPace(
            exactlyOnce, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(1));
    return new ClassifySettings(forwardEvery, patience(), pace);
  }

  /** What is derived, as Kafka Streams names it. */
  public Map<String, String> properties() {
    Map<String, String> derived = new LinkedHashMap<>();
    derived.put("processing.guarantee", exactlyOnce ? "exactly_once_v2" : "at_least_once");
    derived.put("num.stream.threads", Integer.toString(threads));
    derived.put("commit.interval.ms", millis(commitInterval()));
    derived.put("buffered.records.per.partition", Integer.toString(bufferedRecords()));
    derived.put("poll.ms", Long.toString(pollMillis()));
    derived.put("main.consumer.fetch.max.bytes", Long.toString(fetchBytesPerThread()));
    derived.put(
        "main.consumer.max.partition.fetch.bytes",
        Long.toString(Math.max(MIB, fetchBytesPerThread() / 4)));
    // At Kafka's 64 KiB an image of megabytes wakes both sides dozens of times.
    derived.put("main.consumer.receive.buffer.bytes", Long.toString(MIB));
    // Bytes bound what a poll returns, so the count only bounds how long one poll's records take.
    derived.put(
        "main.consumer.max.poll.records",
        Long.toString(Math.max(1, Math.min(500, fetchBytesPerThread() / (64 * 1024)))));
    derived.put("main.consumer.max.poll.interval.ms", millis(maxPollInterval()));
    derived.put("producer.max.request.size", Integer.toString(maxDeadLetterBytes));
    derived.put(
        "producer.buffer.memory", Long.toString(Math.max(32 * MIB, 2L * maxDeadLetterBytes)));
    // Kafka Streams lets records linger for 100 ms, which is the whole latency of an image here.
    derived.put("producer.linger.ms", "2");
    derived.putAll(stores(ClassifyTopology.STORES_ON_DISK));
    // With Kafka Streams' own lag of 10,000 records a new replica is given nothing until it has
    // caught up beside the old one, and that is looked at every ten minutes. Restoring takes
    // seconds: it takes over at once.
    derived.put("acceptable.recovery.lag", Long.toString(Long.MAX_VALUE));
    derived.put("max.warmup.replicas", "4");
    derived.put("probing.rebalance.interval.ms", "60000");
    if (exactlyOnce) {
      derived.put("producer.transaction.timeout.ms", millis(transactionTimeout()));
    }
    return derived;
  }

  /**
   * Holds the settings that are in force, overrides included, against each other.
   *
   * @throws IllegalArgumentException with one sentence that says what to do
   */
  public void check(Map<String, String> inForce) {
    long drain = patience().toMillis();
    long interval = number(inForce, "commit.interval.ms");
    long maxPoll = number(inForce, "main.consumer.max.poll.interval.ms");
    if (maxPoll <= 2 * drain) {
      throw new IllegalArgumentException(
          "streams.main.consumer.max.poll.interval.ms is %d, but a full pipeline and a drain may take %d ms: raise it, or lower inference.timeout.ms, image.decode.timeout.ms or fetch.timeout.ms."
              .formatted(maxPoll, 2 * drain));
    }
    if (exactlyOnce) {
      long transaction = number(inForce, "producer.transaction.timeout.ms");
      if (transaction <= drain + interval) {
        throw new IllegalArgumentException(
            "streams.producer.transaction.timeout.ms is %d, but a transaction may last %d ms (commit.interval.ms and a drain): raise it, or lower inference.timeout.ms, image.decode.timeout.ms, fetch.timeout.ms or streams.commit.interval.ms."
                .formatted(transaction, drain + interval));
      }
    }
    if (number(inForce, "producer.max.request.size") < maxRecordBytes) {
      throw new IllegalArgumentException(
          "streams.producer.max.request.size is below %d, the largest event that image.max.bytes allows: raise it or lower image.max.bytes."
              .formatted(maxRecordBytes));
    }
  }

  private long pollMillis() {
    return Math.max(1, Math.min(100, batchDelay.toMillis() / 4));
  }

  private static long number(Map<String, String> inForce, String key) {
    String value = inForce.get(key);
    try {
      return Long.parseLong(value == null ? "" : value.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "streams." + key + " is '" + value + "', which is no number.", e);
    }
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
