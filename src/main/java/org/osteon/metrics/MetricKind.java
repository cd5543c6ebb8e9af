package org.osteon.metrics;

/** What kind of number a metric is. */
public enum MetricKind {
  COUNTER,
  GAUGE,
  /** A histogram of seconds. */
  TIMER,
  /** A histogram. */
  SUMMARY
}
