package org.osteon.bench.reader;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.ImageSummary;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Timing;

/** Invented results, for what reads them. */
final class BenchResults {
  static final String FACILITY = "bench";

  private BenchResults() {}

  /** Three of four are healthy, one in ten answers is wrong; five body parts, thirty days. */
  static ClassificationResult of(long n, Instant now) {
    boolean abnormal = n % 4 == 0 ^ n % 10 == 9;
    double p = abnormal ? 0.9 : 0.05;
    return ClassificationResult.newBuilder()
        .setResultId("r" + n)
        .setEventId("e" + n)
        .setStudyInstanceUid("2.25." + n)
        .setFacility(FACILITY)
        .setBodyPart(List.of("HAND", "WRIST", "FOREARM", "LEG", "FOOT").get((int) (n % 5)))
        .setPatientAgeYears((int) (n % 90))
        .setPriority(n % 20 == 0 ? Priority.STAT : Priority.ROUTINE)
        .setLabel(abnormal ? Label.FRACTURED : Label.HEALTHY)
        .setFinding(abnormal ? Finding.DEFINITE : Finding.NONE)
        .setProbabilities(
            List.of(
                new LabelProbability(Label.HEALTHY, 1 - p),
                new LabelProbability(Label.FRACTURED, p)))
        .setAbnormalProbability(p)
        .setConfidence(Math.max(p, 1 - p))
        .setDecision(Decision.REPORT)
        .setModel(new ModelRef("bench", "1", "00"))
        .setImage(new ImageSummary("00", "image/jpeg", 1000, 1000, null, null))
        .setTiming(new Timing(1L, 1L, 1L, 3L))
        .setBatchSize(1)
        .setProcessedAt(now.minus(n % 29, ChronoUnit.DAYS))
        .build();
  }
}
