package org.osteon.service;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.osteon.topology.listen.TopologyListener;

/**
 * Refuses to commit offsets of a partition that still has records pending. The commit barrier keeps
 * that from happening, by a way that Kafka Streams does not promise: should a release change it,
 * the stream stops here, and nothing is lost without a word.
 *
 * <p><b>Threading.</b> Stream threads, each with its own partitions.
 */
final class CommitTripwire implements TopologyListener {
  private final Map<Integer, Integer> pending = new ConcurrentHashMap<>();

  @Override
  public void waiting(int partition, int records, long oldestMillis) {
    pending.put(partition, records);
  }

  @Override
  public void released(int partition) {
    pending.remove(partition);
  }

  /**
   * @param offsets about to be committed; of one topic, the events'
   * @throws IllegalStateException one of the partitions has records pending
   */
  void check(Map<TopicPartition, OffsetAndMetadata> offsets) {
    for (TopicPartition each : offsets.keySet()) {
      int records = pending.getOrDefault(each.partition(), 0);
      if (records > 0) {
        throw new IllegalStateException(
            "%s has %d records pending and was about to be committed: this release of Kafka Streams no longer drains before a commit. Nothing was committed."
                .formatted(each, records));
      }
    }
  }
}
