package org.osteon.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ModelRef;
import org.osteon.metrics.Metric;
import org.osteon.topology.ModelTerms;

/**
 * What is shown of a shadow.
 *
 * <p><b>Threading.</b> Any.
 */
final class ShadowMeters {
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

  Comparison comparison(ModelTerms active, ModelTerms shadow) {
    return new Comparison(meters, active, shadow);
  }

  void compared() {
    compared.increment();
  }

  void behind() {
    behind.increment();
  }

  void failed() {
    failed.increment();
  }

  void refused() {
    refused.increment();
  }

  void lost() {
    lost.increment();
  }

  /** This version runs from now on. */
  synchronized void shows(ModelRef version) {
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
  synchronized void hides() {
    Meter.Id before = model;
    if (before != null) {
      meters.remove(before);
      model = null;
    }
  }
}
