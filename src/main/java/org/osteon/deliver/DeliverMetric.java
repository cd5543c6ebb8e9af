package org.osteon.deliver;

/** Every metric that {@code osteon deliver} itself exports; each has the label {@code target}. */
public enum DeliverMetric {
  DELIVERED("osteon.deliver.delivered", "Results that the target has taken."),
  ATTEMPTS(
      "osteon.deliver.attempts", "Sendings, by how they ended: delivered, away, later, refused."),
  COMMITMENTS(
      "osteon.deliver.commitments",
      "Askings for storage commitment, by how they ended: committed, failed, silent, refused."),
  UNDELIVERED("osteon.deliver.undelivered", "Results that went to topics.undelivered, by reason."),
  BACKLOG(
      "osteon.deliver.backlog",
      "Records that the target has not got and not passed over: those not read yet, and those read and open."),
  OLDEST(
      "osteon.deliver.oldest.finding.age.seconds",
      "Age of the oldest finding of DOUBT or more that was read and not delivered, by its record's timestamp; 0 without one."),
  AWAY("osteon.deliver.away", "1 while the target does not answer.");

  private final String id;
  private final String meaning;

  DeliverMetric(String id, String meaning) {
    this.id = id;
    this.meaning = meaning;
  }

  String id() {
    return id;
  }

  String meaning() {
    return meaning;
  }

  /** As Prometheus shows it. */
  public String exported() {
    boolean counter =
        this == DELIVERED || this == ATTEMPTS || this == COMMITMENTS || this == UNDELIVERED;
    return id.replace('.', '_') + (counter ? "_total" : "");
  }
}
