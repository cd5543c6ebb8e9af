package org.osteon.service.meters;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.osteon.event.ModelRef;
import org.osteon.metrics.ModelMetric;
import org.osteon.topology.model.Candidate.Fate;

/**
 * What is shown of a canary.
 *
 * <p><b>Threading.</b> Any.
 */
public final class CanaryMeters {
  private final Map<Fate, Counter> images = new EnumMap<>(Fate.class);
  private final VersionGauge model;
  private final Counter started;
  private final Counter refused;
  private final Counter withdrawn;
  private final Counter promoted;

  CanaryMeters(Meters meters) {
    model = new VersionGauge(meters, ModelMetric.CANARY_MODEL);
    for (Fate fate : Fate.values()) {
      images.put(
          fate, meters.counter(ModelMetric.CANARY_IMAGES, fate.name().toLowerCase(Locale.ROOT)));
    }
    started = meters.counter(ModelMetric.CANARY_CHANGES, "started");
    refused = meters.counter(ModelMetric.CANARY_CHANGES, "refused");
    withdrawn = meters.counter(ModelMetric.CANARY_CHANGES, "withdrawn");
    promoted = meters.counter(ModelMetric.CANARY_CHANGES, "promoted");
  }

  /** How an image of its share ended. */
  public void ended(Fate fate) {
    Objects.requireNonNull(images.get(fate)).increment();
  }

  /** This replica cannot run it. */
  public void refused() {
    refused.increment();
  }

  /** This replica had it withdrawn. */
  public void withdrawn() {
    withdrawn.increment();
  }

  /** This replica had it promoted. */
  public void promoted() {
    promoted.increment();
  }

  /**
   * This version answers from now on.
   *
   * @param share of the studies
   */
  public void shows(ModelRef version, double share) {
    started.increment();
    model.shows(version, share);
  }

  /** None does. */
  public void hides() {
    model.hides();
  }
}
