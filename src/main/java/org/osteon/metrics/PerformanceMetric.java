package org.osteon.metrics;

/** What {@code osteon performance} exports of itself, as Prometheus reads it. */
public enum PerformanceMetric implements ProcessMetric {
  RECORDS(
      "osteon.performance.records",
      "osteon_performance_records_total",
      "counter",
      "`kind`, `outcome`",
      "Records of `kind` RESULT and TRUTH by what became of them: TAKEN, KNOWN (before), WAITING (a truth of an order without a result), TOO_OLD, UNREADABLE (they stay in their topic)."),
  FALLEN(
      "osteon.performance.fallen.groups",
      "osteon_performance_fallen_groups",
      "gauge",
      "`measure`",
      "Groups of whose SENSITIVITY or DEFINITE_SPECIFICITY an alarm stands, from the limit of the test until its score is 0 again; of the partitions of this process."),
  READY(
      "osteon.performance.ready",
      "osteon_performance_ready",
      "gauge",
      "",
      "1 where it has its partitions and joins, else 0.");

  private final ExportedMetric metric;

  PerformanceMetric(String id, String exported, String kind, String labels, String meaning) {
    this.metric = new ExportedMetric(id, exported, kind, labels, meaning);
  }

  @Override
  public ExportedMetric metric() {
    return metric;
  }
}
