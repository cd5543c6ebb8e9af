package org.osteon.service.meters;

import io.micrometer.core.instrument.Counter;
import org.osteon.event.ModelRef;
import org.osteon.metrics.ModelMetric;
import org.osteon.topology.model.DecisionPolicy;

/**
 * What is shown of a shadow.
 *
 * <p><b>Threading.</b> Any.
 */
public final class ShadowMeters {
  private final Meters meters;
  private final VersionGauge model;
  private final Counter compared;
  private final Counter behind;
  private final Counter failed;
  private final Counter started;
  private final Counter refused;
  private final Counter lost;

  ShadowMeters(Meters meters) {
    this.meters = meters;
    this.model = new VersionGauge(meters, ModelMetric.SHADOW_MODEL);
    compared = meters.counter(ModelMetric.SHADOW_IMAGES, "compared");
    behind = meters.counter(ModelMetric.SHADOW_IMAGES, "behind");
    failed = meters.counter(ModelMetric.SHADOW_IMAGES, "failed");
    started = meters.counter(ModelMetric.SHADOW_CHANGES, "started");
    refused = meters.counter(ModelMetric.SHADOW_CHANGES, "refused");
    lost = meters.counter(ModelMetric.SHADOW_CHANGES, "lost");
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
  public void shows(ModelRef version) {
    started.increment();
    model.shows(version, 1);
  }

  /** None does. */
  public void hides() {
    model.hides();
  }
}
