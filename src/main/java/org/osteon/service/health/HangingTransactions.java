package org.osteon.service.health;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether readers of {@code read_committed} are shown what the service publishes. A broker
 * that forgets to mark a transaction (docs/guarantees.md) shows them nothing behind it, and neither
 * who writes nor who reads hears of it: alerts are there, and nobody sees them.
 *
 * <p><b>Threading.</b> One thread of its own, which may wait; anyone may ask how many there are.
 */
public final class HangingTransactions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

  private final ScheduledExecutorService thread = Watches.thread("osteon-transaction-watch");
  private final Admin admin;
  private final List<String> topics;
  private final StableOffsets offsets;
  private volatile Map<String, Long> found = Map.of();

  /**
   * @param client properties of any Kafka client
   * @param topics that are looked at
   * @param allowed longer than any transaction may be open: the brokers should have ended it
   */
  public HangingTransactions(
      Map<String, Object> client, Collection<String> topics, Duration allowed) {
    this.topics = List.copyOf(topics);
    this.offsets = new StableOffsets(allowed);
    admin = Admin.create(new HashMap<>(client));
  }

  /**
   * @param every pause between two looks
   */
  public void start(Duration every) {
    thread.scheduleWithFixedDelay(
        this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Partitions in which a transaction has been open for longer than any may last. */
  public int partitions() {
    return found.size();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    admin.close(Duration.ZERO);
  }

  private void look() {
    try {
      Map<String, TopicDescription> described = admin.describeTopics(topics).allTopicNames().get();
      List<TopicPartition> partitions =
          described.values().stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(each -> new TopicPartition(topic.name(), each.partition())))
              .toList();
      Map<TopicPartition, Long> stable = latest(partitions, IsolationLevel.READ_COMMITTED);
      Map<TopicPartition, Long> ends = latest(partitions, IsolationLevel.READ_UNCOMMITTED);
      Map<String, Long> now = offsets.hanging(stable, ends, System.nanoTime());
      now.forEach(this::tell);
      found = now;
    } catch (ExecutionException | RuntimeException e) {
      // Brokers that are away are BrokerWatch's; the next look comes.
      LOG.debug("Transactions could not be looked at", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(String partition, long offset) {
    if (!found.containsKey(partition)) {
      LOG.error(
          "Readers of read_committed are shown nothing of {} from offset {} on: a transaction there was not ended. docs/runbook.md says under OsteonTransactionHangs how it is ended.",
          partition,
          offset);
    }
  }

  private Map<TopicPartition, Long> latest(List<TopicPartition> partitions, IsolationLevel level)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest()));
    Map<TopicPartition, Long> answer = new HashMap<>();
    admin
        .listOffsets(asked, new ListOffsetsOptions(level))
        .all()
        .get()
        .forEach((partition, info) -> answer.put(partition, info.offset()));
    return answer;
  }
}
