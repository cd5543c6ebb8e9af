package org.osteon.demo;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.LabelWords;

/**
 * Results as lines of a table, with a progress bar below where there is a terminal.
 *
 * <p><b>Threading.</b> One thread.
 */
final class LiveTable {
  private static final String ROW = "%-8s  %-10s  %-9s  %-55s  %6s  %-8s  %6s%n";
  private static final int BAR = 40;

  private final PrintStream out;
  private final boolean terminal;

  LiveTable(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void header() {
    out.printf(ROW, "time", "study", "body part", "the model sees", "prob.", "decision", "ms");
  }

  void row(ClassificationResult result, long millis) {
    clearBar();
    out.printf(
        ROW,
        now(),
        tail(result.getStudyInstanceUid()),
        Objects.requireNonNullElse(result.getBodyPart(), "–"),
        LabelWords.of(result.getLabel()),
        "%.3f".formatted(result.getConfidence()),
        result.getDecision(),
        millis);
  }

  void row(DeadLetter letter) {
    clearBar();
    out.printf(ROW, now(), "–", "–", "dead letter: " + letter.getReason(), "", "", "");
  }

  void row(Alert alert) {
    clearBar();
    out.printf(
        ROW,
        now(),
        tail(alert.getStudyInstanceUid()),
        Objects.requireNonNullElse(alert.getBodyPart(), "–"),
        "ALERT of the study: " + alert.getSeverity(),
        "%.3f".formatted(alert.getProbability()),
        "",
        "");
  }

  void bar(int done, int of) {
    if (terminal) {
      int filled = of == 0 ? BAR : (int) ((long) BAR * done / of);
      out.printf("\r[%s%s] %d of %d", "#".repeat(filled), " ".repeat(BAR - filled), done, of);
      out.flush();
    }
  }

  void clearBar() {
    if (terminal) {
      out.print("\r" + " ".repeat(BAR + 30) + "\r");
    }
  }

  private static String tail(String uid) {
    return uid.length() <= 9 ? uid : "…" + uid.substring(uid.length() - 9);
  }

  private static String now() {
    return LocalTime.now(java.time.ZoneId.systemDefault())
        .truncatedTo(ChronoUnit.SECONDS)
        .format(DateTimeFormatter.ISO_LOCAL_TIME);
  }
}
