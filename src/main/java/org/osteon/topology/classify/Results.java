package org.osteon.topology.classify;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.ImageTiming;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.event.ImageSummary;
import org.osteon.event.LabelProbability;
import org.osteon.event.ResultIds;
import org.osteon.event.Timing;
import org.osteon.image.DicomFacts;
import org.osteon.image.DicomImage;
import org.osteon.topology.model.DecisionPolicy;
import org.osteon.topology.model.Judgement;
import org.osteon.topology.model.ModelAnswer;
import org.osteon.topology.model.Triage;
import org.osteon.topology.record.EventFacts;

/**
 * From the model's logits to the result that is published.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Results {
  /** What {@code rollout} says of a version that is on trial. */
  static final String CANARY = "CANARY";

  private final ModalityPolicy modalities;
  private final Triage triage;
  private final Clock clock;

  public Results(ModalityPolicy modalities, Triage triage, Clock clock) {
    this.modalities = modalities;
    this.triage = triage;
    this.clock = clock;
  }

  /** The same of a version that is on trial: its results are marked. */
  ClassificationResult ofCanary(EventFacts event, DecisionPolicy model, Classified outcome) {
    ClassificationResult result = of(event, model, outcome);
    result.setRollout(CANARY);
    return result;
  }

  /**
   * @param model of the version that answered
   */
  ClassificationResult of(EventFacts event, DecisionPolicy model, Classified outcome) {
    ModelAnswer answer = ModelAnswer.of(model, outcome.logits());
    List<LabelProbability> all = new ArrayList<>(answer.probabilities().length);
    for (int i = 0; i < answer.probabilities().length; i++) {
      all.add(new LabelProbability(model.classes().get(i), answer.probabilities()[i]));
    }
    ImageTiming timing = outcome.timing();
    DicomImage dicom = outcome.image().dicom();
    String bodyPart = filled(event.bodyPart(), dicom, DicomFacts::bodyPart);
    Judgement judgement =
        Judgement.of(
            triage.finding(
                model, bodyPart, event.facility(), answer.abnormal(), answer.beyondRepair()),
            answer,
            modalities.foreign(event, outcome) == null ? null : ModalityPolicy.REASON);
    return ClassificationResult.newBuilder()
        .setResultId(
            ResultIds.result(
                event.eventId(),
                outcome.sha256(),
                model.identity().getName(),
                model.identity().getVersion()))
        .setEventId(event.eventId())
        .setStudyInstanceUid(event.studyInstanceUid())
        .setSeriesInstanceUid(
            filled(event.seriesInstanceUid(), dicom, DicomFacts::seriesInstanceUid))
        .setSopInstanceUid(filled(event.sopInstanceUid(), dicom, DicomFacts::sopInstanceUid))
        .setFacility(event.facility())
        .setBodyPart(bodyPart)
        .setModality(modality(event, dicom))
        .setLaterality(filled(event.laterality(), dicom, DicomFacts::laterality))
        .setViewPosition(filled(event.viewPosition(), dicom, DicomFacts::viewPosition))
        .setPriority(event.priority())
        .setAccessionNumber(event.accessionNumber())
        .setPatientPseudonym(event.patientPseudonym())
        .setPatientAgeYears(event.patientAgeYears())
        .setAttributes(event.attributes())
        .setOrderNumber(event.ordered() == null ? null : event.ordered().number())
        .setReasonCode(event.ordered() == null ? null : event.ordered().reason())
        .setFinding(judgement.finding())
        .setLabel(judgement.label())
        .setRegions(regions(judgement, outcome))
        .setProbabilities(all)
        .setAbnormalProbability(answer.abnormal())
        .setConfidence(judgement.confidence(model, answer))
        .setDecision(judgement.decision())
        .setReferReason(judgement.referReason())
        .setResearchUseOnly(true)
        .setModel(model.identity())
        .setImage(
            new ImageSummary(
                outcome.sha256(),
                outcome.image().contentType(),
                outcome.image().width(),
                outcome.image().height(),
                dicom == null ? null : dicom.greyRule(),
                dicom == null ? null : dicom.frames()))
        .setTiming(
            new Timing(
                timing.queueMicros(),
                timing.decodeMicros(),
                timing.inferenceMicros(),
                timing.totalMicros()))
        .setBatchSize(outcome.batchSize())
        .setProcessedAt(Instant.ofEpochMilli(clock.millis()))
        .build();
  }

  /** None of an image in which nothing was found; null where the version does not say where. */
  private static @Nullable List<org.osteon.event.Region> regions(
      Judgement judgement, Classified outcome) {
    if (outcome.regions() == null) {
      return null;
    }
    return judgement.finding() == Finding.NONE
        ? List.of()
        : outcome.regions().stream()
            .map(
                each ->
                    new org.osteon.event.Region(
                        each.x0(), each.y0(), each.x1(), each.y1(), each.score()))
            .toList();
  }

  /** An event that says DX may say nothing: it is the schema's default. */
  private static @Nullable String modality(EventFacts event, @Nullable DicomImage dicom) {
    boolean silent = event.modality().equals(ModalityPolicy.DEFAULT);
    String found = filled(silent ? null : event.modality(), dicom, DicomFacts::modality);
    return found == null ? event.modality() : found;
  }

  /** What the event says; where it is silent, what the DICOM header says. */
  private static @Nullable String filled(
      @Nullable String said, @Nullable DicomImage dicom, Function<DicomFacts, String> fact) {
    if (dicom == null || (said != null && !said.isEmpty())) {
      return said;
    }
    String found = fact.apply(dicom.facts());
    return found.isEmpty() ? said : found;
  }
}
