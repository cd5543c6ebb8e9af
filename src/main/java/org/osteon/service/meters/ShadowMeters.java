package org.osteon.service.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ModelRef;
import org.osteon.metrics.Metric;
import org.osteon.topology.model.DecisionPolicy;

/**
 * What is shown of a shadow.
 *
 * <p><b>Threading.</b> Any.
 */
public final class ShadowMeters {
  private final Meters meters;
  private final Counter compared;
  private final Counter behind;
  private final Counter failed;
  private final Counter started;
  private final Counter refused;
  private final Counter lost;
  private Meter.@Nullable Id model;

  ShadowMeters(Meters meters) {
    this.meters = meters;
    compared = meters.counter(Metric.SHADOW_IMAGES, "compared");
    behind = meters.counter(Metric.SHADOW_IMAGES, "behind");
    failed = meters.counter(Metric.SHADOW_IMAGES, "failed");
    started = meters.counter(Metric.SHADOW_CHANGES, "started");
    refused = meters.counter(Metric.SHADOW_CHANGES, "refused");
    lost = meters.counter(Metric.SHADOW_CHANGES, "lost");
  }

  public Comparison comparison(DecisionPolicy active, DecisionPolicy shadow) {
    return new Comparison(meters, active, shadow);
  }

  public void compared() {
    compared.increment();
  }

  public void behind() {
    behind.increment();
  }

  public void failed() {
    failed.increment();
  }

  public void refused() {
    refused.increment();
  }

  public void lost() {
    lost.increment();
  }

  /** This version runs from now on. */
  public synchronized void shows(ModelRef version) {
    hides();
    started.increment();
    model =
        meters.gauge(
            Metric.SHADOW_MODEL,
            this,
            m -> 1,
            version.getName(),
            version.getVersion(),
            version.getSha256());
  }

  /** None runs. */
  public synchronized void hides() {
    Meter.Id before = model;
    if (before != null) {
      meters.remove(before);
      model = null;
    }
  }
}
