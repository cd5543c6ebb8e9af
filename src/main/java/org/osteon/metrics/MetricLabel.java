package org.osteon.metrics;

/** A label of a metric, with the closed list that its values come from: none grows with traffic. */
public enum MetricLabel {
  ANSWER("answer", "republished or dropped"),
  CHANGE("change", "started, refused, lost, withdrawn or promoted"),
  DECISION("decision", "REPORT or REFER"),
  DEVICE("device", "cpu or gpu:N"),
  FACILITY("facility", "as events name it; those that came first, up to drift.facilities"),
  FATE("fate", "compared, behind or failed; of a canary answered, failed, late or not_asked"),
  FEATURE("feature", "grey, size, body_part or confidence"),
  LABEL("label", "HEALTHY, FRACTURED or BEYOND_REPAIR"),
  LEFT("left", "FULL, DEADLINE, ALONE or DRAIN"),
  NAME("name", "a model's name"),
  ORDER("order", "TAKEN, KNOWN, TOO_OLD or UNREADABLE"),
  OUTCOME("outcome", "switched or refused"),
  PARTITION("partition", "a partition of the events topic that this replica owns"),
  PRECISION("precision", "f32, bf16, fp16 or int8"),
  REASON("reason", "the stable reasons of dead letters; beyond 200 different ones, OTHER"),
  SEVERITY("severity", "REVIEW, URGENT or CRITICAL"),
  SHA256("sha256", "the digest of the model version"),
  SHADOW_DECISION("shadow_decision", "REPORT or REFER, as the shadow version says"),
  SHADOW_LABEL("shadow_label", "a label, as the shadow version says"),
  SHADOW_VERSION("shadow_version", "the version of the shadow; one at a time"),
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
