package org.osteon.service.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to where readers of {@code read_committed} are shown each partition (Kafka's last stable
 * offset), and since when that stands still before the end.
 *
 * <p><b>Threading.</b> One thread.
 */
final class StableOffsets {
  private final Map<TopicPartition, Standing> standing = new HashMap<>();
  private final Duration allowed;

  private record Standing(long offset, long sinceNanos) {}

  /**
   * @param allowed the longest that a transaction may be open
   */
  StableOffsets(Duration allowed) {
    this.allowed = allowed;
  }

  /**
   * @param stable last stable offset of each partition
   * @param ends the end of each, asked for after it
   * @return where it has stood still for longer than any transaction may last, by partition
   */
  Map<String, Long> hanging(
      Map<TopicPartition, Long> stable, Map<TopicPartition, Long> ends, long nowNanos) {
    Map<String, Long> hanging = new TreeMap<>();
    standing.keySet().retainAll(stable.keySet());
    stable.forEach(
        (partition, offset) -> {
          if (ends.getOrDefault(partition, offset) <= offset) {
            standing.remove(partition);
            return;
          }
          Standing before = standing.get(partition);
          if (before == null || before.offset != offset) {
            standing.put(partition, new Standing(offset, nowNanos));
          } else if (nowNanos - before.sinceNanos > allowed.toNanos()) {
            hanging.put(partition.toString(), offset);
          }
        });
    return hanging;
  }
}
