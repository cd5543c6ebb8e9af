package org.osteon.service.meters;

import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ModelRef;
import org.osteon.metrics.Metric;

/**
 * A gauge that is there while a version runs, and names it.
 *
 * <p><b>Threading.</b> Any.
 */
final class VersionGauge {
  private final Meters meters;
  private final Metric metric;
  private Meter.@Nullable Id shown;

  /**
   * @param metric with a name, a version and a digest as its labels
   */
  VersionGauge(Meters meters, Metric metric) {
    this.meters = meters;
    this.metric = metric;
  }

  /** In the place of the one before. */
  synchronized void shows(ModelRef version, double value) {
    hides();
    shown =
        meters.gauge(
            metric, this, m -> value, version.getName(), version.getVersion(), version.getSha256());
  }

  /** None runs. */
  synchronized void hides() {
    Meter.Id before = shown;
    if (before != null) {
      meters.remove(before);
      shown = null;
    }
  }
}
