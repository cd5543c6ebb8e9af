package org.osteon.metrics;

/** A label of a metric, with the closed list that its values come from: none grows with traffic. */
public enum MetricLabel {
  ANSWER("answer", "republished or dropped"),
  DECISION("decision", "REPORT or REFER"),
  DEVICE("device", "cpu or gpu:N"),
  LABEL("label", "HEALTHY, FRACTURED or BEYOND_REPAIR"),
  LEFT("left", "FULL, DEADLINE, ALONE or DRAIN"),
  NAME("name", "a model's name"),
  OUTCOME("outcome", "switched or refused"),
  PARTITION("partition", "a partition of the events topic that this replica owns"),
  PRECISION("precision", "f32, bf16 or fp16"),
  REASON("reason", "the stable reasons of dead letters; beyond 200 different ones, OTHER"),
  SEVERITY("severity", "URGENT or CRITICAL"),
  SHA256("sha256", "the digest of the model version"),
  STAGE("stage", "DESERIALIZE, FETCH, DECODE, INFER or PUBLISH"),
  VERSION("version", "a model's version");

  private final String key;
  private final String values;

  MetricLabel(String key, String values) {
    this.key = key;
    this.values = values;
  }

  /** As Prometheus shows it. */
  public String key() {
    return key;
  }

  /** What it may be, in words. */
  public String range() {
    return values;
  }
}
