package org.osteon.testing;

import java.time.Instant;
import java.util.List;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.ImageSummary;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Timing;

/** Results as the service would publish them. */
public final class Verdicts {
  /** A result of version 1 that the model stands by. */
  public static ClassificationResult result(
      String eventId, String study, double fractured, double beyondRepair) {
    return of(eventId, study, fractured, beyondRepair, "1", Decision.REPORT);
  }

  /** A result of any version, referred or not. */
  public static ClassificationResult of(
      String eventId,
      String study,
      double fractured,
      double beyondRepair,
      String version,
      Decision decision) {
    double healthy = 1 - fractured - beyondRepair;
    Label label = Label.HEALTHY;
    double confidence = healthy;
    if (fractured > confidence) {
      label = Label.FRACTURED;
      confidence = fractured;
    }
    if (beyondRepair > confidence) {
      label = Label.BEYOND_REPAIR;
      confidence = beyondRepair;
    }
    return ClassificationResult.newBuilder()
        .setResultId("r-" + eventId + "-" + version)
        .setEventId(eventId)
        .setStudyInstanceUid(study)
        .setFacility("ward-7")
        .setBodyPart("HAND")
        .setPriority(Priority.ROUTINE)
        .setLabel(label)
        .setProbabilities(
            List.of(
                new LabelProbability(Label.HEALTHY, healthy),
                new LabelProbability(Label.FRACTURED, fractured),
                new LabelProbability(Label.BEYOND_REPAIR, beyondRepair)))
        .setAbnormalProbability(fractured + beyondRepair)
        .setConfidence(confidence)
        .setDecision(decision)
        .setReferReason(decision == Decision.REFER ? "LOW_CONFIDENCE" : null)
        .setResearchUseOnly(true)
        .setModel(new ModelRef("m", version, "00"))
        .setImage(new ImageSummary("ab", "image/jpeg", 10, 20, null, null))
        .setTiming(new Timing(1L, 2L, 3L, 6L))
        .setBatchSize(1)
        .setProcessedAt(Instant.ofEpochMilli(1_700_000_000_000L))
        .build();
  }

  private Verdicts() {}
}
