package org.osteon.service.meters;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osteon.metrics.StreamMetric;
import org.osteon.service.health.PartitionBacklog;
import org.osteon.topology.listen.TopologyListener;

/**
 * A gauge of backlog for each partition that is owned, and for no other.
 *
 * <p><b>Threading.</b> Each partition is told of by the one stream thread that owns it.
 */
final class BacklogMeters implements TopologyListener {
  private final Meters meters;
  private final MeterRegistry registry;
  private final PartitionBacklog backlog;
  private final Map<Integer, Meter.Id> shown = new ConcurrentHashMap<>();

  BacklogMeters(Meters meters, MeterRegistry registry, PartitionBacklog backlog) {
    this.meters = meters;
    this.registry = registry;
    this.backlog = backlog;
  }

  @Override
  public void waiting(int partition, int pending, long oldestMillis) {
    if (!shown.containsKey(partition)) {
      shown.computeIfAbsent(
          partition,
          p ->
              meters.gauge(
                  StreamMetric.BACKLOG, backlog, w -> w.backlogOf(p), Integer.toString(p)));
    }
  }

  @Override
  public void released(int partition) {
    Meter.Id gone = shown.remove(partition);
    if (gone != null) {
      registry.remove(gone);
    }
  }
}
