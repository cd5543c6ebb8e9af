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
import org.osteon.topology.model.DecisionPolicy;
import org.osteon.topology.model.Judgement;
import org.osteon.topology.model.ModelAnswer;
import org.osteon.topology.model.Triage;

/** Results as the service would publish them. */
public final class Verdicts {
  /** Thresholds of the version that answers here. */
  public static final double DOUBT = 0.4;

  public static final double DEFINITE = 0.75;
  public static final double CRITICAL = 0.8;

  /** A result of version 1 that the model stands by. */
  public static ClassificationResult result(
      String eventId, String study, double fractured, double beyondRepair) {
    return of(eventId, study, fractured, beyondRepair, "1", Decision.REPORT);
  }

  /** A result of any version; REFER is of a picture that the model was not made for. */
  public static ClassificationResult of(
      String eventId,
      String study,
      double fractured,
      double beyondRepair,
      String version,
      Decision decision) {
    double healthy = Math.max(0, 1 - fractured - beyondRepair);
    ModelRef model = new ModelRef("m", version, "00");
    DecisionPolicy policy =
        new DecisionPolicy(
            model,
            List.of(Label.HEALTHY, Label.FRACTURED, Label.BEYOND_REPAIR),
            1,
            null,
            DOUBT,
            DEFINITE,
            CRITICAL);
    double[] all = {healthy, fractured, beyondRepair};
    ModelAnswer answer = new ModelAnswer(all, fractured + beyondRepair, beyondRepair, true);
    Judgement judgement =
        Judgement.of(
            Triage.OF_THE_MODEL.finding(
                policy, "HAND", "ward-7", answer.abnormal(), answer.beyondRepair()),
            answer,
            decision == Decision.REFER ? "POOR_QUALITY" : null);
    return ClassificationResult.newBuilder()
        .setResultId("r-" + eventId + "-" + version)
        .setEventId(eventId)
        .setStudyInstanceUid(study)
        .setFacility("ward-7")
        .setBodyPart("HAND")
        .setPriority(Priority.ROUTINE)
        .setFinding(judgement.finding())
        .setLabel(judgement.label())
        .setProbabilities(
            List.of(
                new LabelProbability(Label.HEALTHY, healthy),
                new LabelProbability(Label.FRACTURED, fractured),
                new LabelProbability(Label.BEYOND_REPAIR, beyondRepair)))
        .setAbnormalProbability(fractured + beyondRepair)
        .setConfidence(judgement.confidence(policy, answer))
        .setDecision(judgement.decision())
        .setReferReason(judgement.referReason())
        .setResearchUseOnly(true)
        .setModel(model)
        .setImage(new ImageSummary("ab", "image/jpeg", 10, 20, null, null))
        .setTiming(new Timing(1L, 2L, 3L, 6L))
        .setBatchSize(1)
        .setProcessedAt(Instant.ofEpochMilli(1_700_000_000_000L))
        .build();
  }

  private Verdicts() {}
}
