package org.osteon.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A metric that a replica exports of itself. {@code docs/metrics.md} is made from all of them, and
 * a test holds a running service to it. Beside these there are those of Kafka's clients, of Kafka
 * Streams and of the JVM, by Micrometer's binders.
 *
 * <p>Within one process since it started: events = results + dead letters + dropped repeats + in
 * flight.
 */
public sealed interface Metric permits StreamMetric, ModelMetric, ReplicaMetric {
  /** All, as the page lists them. */
  static List<Metric> all() {
    return Stream.<Metric[]>of(StreamMetric.values(), ModelMetric.values(), ReplicaMetric.values())
        .flatMap(Arrays::stream)
        .toList();
  }

  /** What it is. */
  MetricDefinition definition();

  /** Whether a replica on a CPU exports it too. */
  default boolean onCpu() {
    return true;
  }

  default MetricKind kind() {
    return definition().kind();
  }

  /** As Micrometer names it, {@code osteon.dead.letters}. */
  default String id() {
    return definition().id();
  }

  /** Unit of the value; empty where it is a plain number. */
  default String unit() {
    return definition().unit();
  }

  default String meaning() {
    return definition().meaning();
  }

  default List<MetricLabel> labels() {
    return definition().labels();
  }

  /** Upper bounds, ascending, in {@link #unit()}; empty where it is no histogram. */
  default double[] buckets() {
    return definition().buckets().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** As Prometheus names it, {@code osteon_dead_letters_total}; a histogram's without suffix. */
  default String exported() {
    return definition().exported();
  }

  /** Every name under which samples of it appear. */
  default List<String> samples() {
    return definition().samples();
  }
}
