package org.osteon.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.LabelWords;
import org.osteon.terminal.Progress;

/**
 * Results as lines of a table, with a progress bar below where there is a terminal.
 *
 * <p><b>Threading.</b> One thread.
 */
final class LiveTable {
  private static final String ROW = "%-8s  %-10s  %-9s  %-55s  %6s  %-8s  %6s%n";

  private final PrintStream out;

  /** Null where it would not be drawn over itself: the rows say how far it is. */
  private final @Nullable Progress progress;

  /**
   * @param events how many there will be
   */
  LiveTable(PrintStream out, boolean terminal, int events) {
    this.out = out;
    this.progress =
        terminal ? new Progress(new PrintWriter(out, true, UTF_8), true, "events", events) : null;
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

  void bar(int done) {
    if (progress != null) {
      progress.report(done);
    }
  }

  void clearBar() {
    if (progress != null) {
      progress.clear();
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
