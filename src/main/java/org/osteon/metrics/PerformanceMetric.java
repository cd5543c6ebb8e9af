package org.osteon.metrics;

/** What {@code osteon performance} exports of itself, as Prometheus reads it. */
public enum PerformanceMetric {
  RECORDS(
      "osteon.performance.records",
      "osteon_performance_records_total",
      "counter",
      "`kind`, `outcome`",
      "Records of `kind` RESULT and TRUTH by what became of them: TAKEN, KNOWN (before), TOO_OLD, UNREADABLE (they stay in their topic)."),
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

  private final String id;
  private final String exported;
  private final String kind;
  private final String labels;
  private final String meaning;

  PerformanceMetric(String id, String exported, String kind, String labels, String meaning) {
    this.id = id;
    this.exported = exported;
    this.kind = kind;
    this.labels = labels;
    this.meaning = meaning;
  }

  /** The meter's name. */
  public String id() {
    return id;
  }

  /** The name in Prometheus' text. */
  public String exported() {
    return exported;
  }

  /** What it counts. */
  public String meaning() {
    return meaning;
  }

  String row() {
    return "| `%s` | %s | %s | %s |%n".formatted(exported, kind, labels, meaning);
  }
}
