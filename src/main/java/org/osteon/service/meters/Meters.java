package org.osteon.service.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.osteon.metrics.Metric;
import org.osteon.metrics.MetricLabel;

/**
 * Makes the meters of {@link Metric}. Looked up once and kept: a look-up allocates tags, which has
 * no place in the path of an image.
 *
 * <p><b>Threading.</b> Any.
 */
final class Meters {
  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param labels one value for each label of the metric, in its order
   */
  Counter counter(Metric metric, String... labels) {
    return Counter.builder(metric.id())
        .description(metric.meaning())
        .tags(tags(metric, labels))
        .register(registry);
  }

  Timer timer(Metric metric) {
    return Timer.builder(metric.id())
        .description(metric.meaning())
        .serviceLevelObjectives(
            Arrays.stream(metric.buckets())
                .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
                .toArray(Duration[]::new))
        .register(registry);
  }

  DistributionSummary summary(Metric metric, String... labels) {
    return DistributionSummary.builder(metric.id())
        .description(metric.meaning())
        .baseUnit(unit(metric))
        .tags(tags(metric, labels))
        .serviceLevelObjectives(metric.buckets())
        .register(registry);
  }

  /**
   * @param of held weakly: the caller keeps it
   */
  <T> Meter.Id gauge(Metric metric, T of, ToDoubleFunction<T> value, String... labels) {
    return Gauge.builder(metric.id(), of, value)
        .description(metric.meaning())
        .baseUnit(unit(metric))
        .tags(tags(metric, labels))
        .strongReference(true)
        .register(registry)
        .getId();
  }

  /** No longer shown. */
  void remove(Meter.Id meter) {
    registry.remove(meter);
  }

  private static @Nullable String unit(Metric metric) {
    return metric.unit().isEmpty() ? null : metric.unit();
  }

  private static String[] tags(Metric metric, String... values) {
    List<MetricLabel> labels = metric.labels();
    if (labels.size() != values.length) {
      throw new IllegalArgumentException(metric.id() + " has the labels " + labels + ".");
    }
    String[] tags = new String[values.length * 2];
    for (int i = 0; i < values.length; i++) {
      tags[2 * i] = labels.get(i).key();
      tags[2 * i + 1] = values[i];
    }
    return tags;
  }
}
