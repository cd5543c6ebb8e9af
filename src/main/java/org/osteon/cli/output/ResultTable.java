package org.osteon.cli.output;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.LabelProbability;
import org.osteon.event.LabelWords;
import org.osteon.terminal.Paint.Tone;

/** Results as a table: time, study, view, label, probability, decision, milliseconds. */
public final class ResultTable implements RecordTable<ClassificationResult> {
  private static final String LINE = "%-12s  %-12s  %-14s  %-56s  %5s  %-28s  %7s";
  private static final double MICROS = 1000.0;

  @Override
  public String header() {
    return LINE.formatted("time", "study", "view", "label", "prob.", "decision", "ms");
  }

  @Override
  public Tone tone(ClassificationResult result) {
    return result.getDecision() == Decision.REFER ? Tone.WARNING : Tone.PLAIN;
  }

  @Override
  public String row(ClassificationResult result) {
    return LINE.formatted(
        Cells.time(result.getProcessedAt()),
        Cells.study(result.getStudyInstanceUid()),
        Cells.cut(Cells.orDash(view(result)), 14),
        LabelWords.of(result.getLabel()),
        "%.3f".formatted(probability(result)),
        Cells.decision(result.getDecision(), result.getReferReason()),
        "%.1f".formatted(result.getTiming().getTotalMicros() / MICROS));
  }

  /** Body part, side and view, those that are known: {@code WRIST L PA}. */
  private static String view(ClassificationResult result) {
    return Stream.of(result.getBodyPart(), result.getLaterality(), result.getViewPosition())
        .filter(each -> each != null && !each.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** The probability of the label itself; the confidence where it is not among them. */
  private static double probability(ClassificationResult result) {
    for (LabelProbability each : result.getProbabilities()) {
      if (each.getLabel() == result.getLabel()) {
        return each.getProbability();
      }
    }
    return result.getConfidence();
  }
}
