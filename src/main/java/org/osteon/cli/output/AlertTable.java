package org.osteon.cli.output;

import org.osteon.event.Alert;
import org.osteon.event.Severity;
import org.osteon.terminal.Paint.Tone;

/** Alerts as a table. */
public final class AlertTable implements RecordTable<Alert> {
  private static final String LINE = "%-12s  %-12s  %-10s  %-8s  %-9s  %5s  %s";

  @Override
  public String header() {
    return LINE.formatted("time", "study", "body part", "priority", "severity", "prob.", "message");
  }

  @Override
  public Tone tone(Alert alert) {
    return alert.getSeverity() == Severity.CRITICAL ? Tone.ALARM : Tone.WARNING;
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
