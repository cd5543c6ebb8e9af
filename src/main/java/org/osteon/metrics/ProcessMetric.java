package org.osteon.metrics;

/** A metric of a process beside the service. */
public sealed interface ProcessMetric permits GatewayMetric, ListenerMetric, PerformanceMetric {
  /** What it is. */
  ExportedMetric metric();

  /** The meter's name. */
  default String id() {
    return metric().id();
  }

  /** The name in Prometheus' text. */
  default String exported() {
    return metric().exported();
  }

  /** What it counts. */
  default String meaning() {
    return metric().meaning();
  }
}
