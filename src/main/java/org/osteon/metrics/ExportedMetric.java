package org.osteon.metrics;

/**
 * A metric of a process beside the service, as Prometheus reads it.
 *
 * @param id the meter's name
 * @param exported the name in Prometheus' text
 * @param kind counter, gauge or histogram
 * @param labels as the page shows them; may be empty
 * @param meaning what it counts
 */
public record ExportedMetric(
    String id, String exported, String kind, String labels, String meaning) {
  /** Its row of {@code docs/metrics.md}. */
  String row() {
    return "| `%s` | %s | %s | %s |%n".formatted(exported, kind, labels, meaning);
  }
}
