package org.osteon.cli.output;

import org.osteon.event.Decision;
import org.osteon.event.LabelWords;
import org.osteon.event.StudyAssessment;
import org.osteon.terminal.Paint.Tone;

/** Assessments of whole studies as a table. */
public final class StudyTable implements RecordTable<StudyAssessment> {
  private static final String LINE = "%-12s  %-12s  %-10s  %6s  %-56s  %5s  %s";

  @Override
  public String header() {
    return LINE.formatted("time", "study", "body part", "images", "label", "prob.", "decision");
  }

  @Override
  public Tone tone(StudyAssessment study) {
    return study.getDecision() == Decision.REFER ? Tone.WARNING : Tone.PLAIN;
  }

  @Override
  public String row(StudyAssessment study) {
    return LINE.formatted(
        Cells.time(study.getUpdatedAt()),
        Cells.study(study.getStudyInstanceUid()),
        Cells.cut(Cells.orDash(study.getBodyPart()), 10),
        study.getImages(),
        LabelWords.of(study.getLabel()),
        "%.3f".formatted(study.getProbability()),
        Cells.decision(study.getDecision(), null));
  }
}
