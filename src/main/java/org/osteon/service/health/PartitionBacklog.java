package org.osteon.service.health;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.osteon.topology.listen.TopologyListener;

/**
 * What each partition waits for: how many records, and since when the oldest.
 *
 * <p><b>Threading.</b> Each partition is written by the one stream thread that owns it and by the
 * one that looks for backlog; anyone may read.
 */
public final class PartitionBacklog implements TopologyListener {
  private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();

  private static final class Partition {
    volatile int pending;
    volatile long oldestMillis;
    volatile long unfetched;

    /** Since when there is backlog of which nothing was taken; 0 where that is not so. */
    volatile long idleSinceMillis;
  }

  @Override
  public void waiting(int partition, int pending, long oldestMillis) {
    Partition own = partitions.computeIfAbsent(partition, p -> new Partition());
    own.oldestMillis = oldestMillis;
    own.pending = pending;
  }

  @Override
  public void released(int partition) {
    partitions.remove(partition);
  }

  /** Partitions that this replica owns. */
  public Set<Integer> owned() {
    return partitions.keySet();
  }

  /**
   * @param lag records that the consumer has not fetched of a partition
   */
  void backlog(IntFunction<Long> lag, long nowMillis) {
    partitions.forEach(
        (number, partition) -> {
          Long records = lag.apply(number);
          partition.unfetched = records == null ? 0 : records;
          boolean idle = partition.pending == 0 && partition.unfetched > 0;
          if (!idle) {
            partition.idleSinceMillis = 0;
          } else if (partition.idleSinceMillis == 0) {
            partition.idleSinceMillis = nowMillis;
          }
        });
  }

  /** Records of a partition that were not fetched, and those in flight. */
  public long backlogOf(int partition) {
    Partition own = partitions.get(partition);
    return own == null ? 0 : own.unfetched + own.pending;
  }

  /** Records of all partitions together. */
  long backlog() {
    return partitions.keySet().stream().mapToLong(this::backlogOf).sum();
  }

  /** Seconds that the oldest has waited; 0 where nothing waits. */
  public double oldestAgeSeconds(long nowMillis) {
    long oldest = Long.MAX_VALUE;
    for (Partition partition : partitions.values()) {
      if (partition.pending > 0) {
        oldest = Math.min(oldest, partition.oldestMillis);
      } else if (partition.idleSinceMillis > 0) {
        oldest = Math.min(oldest, partition.idleSinceMillis);
      }
    }
    return oldest == Long.MAX_VALUE ? 0 : Math.max(0, nowMillis - oldest) / 1e3;
  }
}
