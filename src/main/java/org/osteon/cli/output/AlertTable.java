package org.osteon.cli.output;

import org.osteon.event.Alert;

/** Alerts as a table. */
public final class AlertTable implements RecordTable<Alert> {
  private static final String LINE = "%-12s  %-12s  %-10s  %-8s  %-9s  %5s  %s";

  @Override
  public String header() {
    return LINE.formatted("time", "study", "body part", "priority", "severity", "prob.", "message");
  }

  @Override
  public String row(Alert alert) {
    return LINE.formatted(
        Cells.time(alert.getRaisedAt()),
        Cells.study(alert.getStudyInstanceUid()),
        Cells.cut(Cells.orDash(alert.getBodyPart()), 10),
        alert.getPriority(),
        alert.getSeverity(),
        "%.3f".formatted(alert.getProbability()),
        alert.getMessage());
  }
}
