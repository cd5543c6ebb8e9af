package org.osteon.metrics;

import java.util.List;

/**
 * What a metric is, and how it is named on the way out.
 *
 * @param name without the prefix that all have
 * @param unit of the value; empty where it is a plain number
 * @param buckets upper bounds, ascending, in the unit; empty where it is no histogram
 */
public record MetricDefinition(
    MetricKind kind,
    String name,
    String unit,
    String meaning,
    List<Double> buckets,
    List<MetricLabel> labels) {
  private static final String PREFIX = "osteon.";

  /** One that is no histogram. */
  static MetricDefinition of(
      MetricKind kind, String name, String unit, String meaning, MetricLabel... labels) {
    return of(kind, name, unit, meaning, Buckets.NONE, labels);
  }

  /** A histogram. */
  static MetricDefinition of(
      MetricKind kind,
      String name,
      String unit,
      String meaning,
      List<Double> buckets,
      MetricLabel... labels) {
    return new MetricDefinition(kind, name, unit, meaning, buckets, List.of(labels));
  }

  String id() {
    return PREFIX + name;
  }

  String exported() {
    String plain = id().replace('.', '_');
    if (kind == MetricKind.COUNTER) {
      return plain + "_total";
    }
    return unit.isEmpty() ? plain : plain + "_" + unit;
  }

  List<String> samples() {
    String base = exported();
    return kind == MetricKind.TIMER || kind == MetricKind.SUMMARY
        ? List.of(base + "_bucket", base + "_count", base + "_sum", base + "_max")
        : List.of(base);
  }
}
