package org.osteon.topology.classify;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.ImageTiming;
import org.osteon.batch.Outcome.Classified;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.ImageSummary;
import org.osteon.event.LabelProbability;
import org.osteon.event.Timing;
import org.osteon.image.DicomFacts;
import org.osteon.image.DicomImage;
import org.osteon.topology.model.DecisionPolicy;
import org.osteon.topology.record.EventFacts;
import org.osteon.topology.record.ResultIds;

/**
 * From the model's logits to the result that is published.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Results {
  private final ModalityPolicy modalities;
  private final Clock clock;

  public Results(ModalityPolicy modalities, Clock clock) {
    this.modalities = modalities;
    this.clock = clock;
  }

  /**
   * @param model of the version that answered
   */
  ClassificationResult of(EventFacts event, DecisionPolicy model, Classified outcome) {
    ModelAnswer finding = ModelAnswer.of(model, outcome.logits());
    List<LabelProbability> all = new ArrayList<>(finding.probabilities().length);
    for (int i = 0; i < finding.probabilities().length; i++) {
      all.add(new LabelProbability(model.classes().get(i), finding.probabilities()[i]));
    }
    String refer =
        modalities.foreign(event, outcome) == null ? finding.referReason() : ModalityPolicy.REASON;
    ImageTiming timing = outcome.timing();
    DicomImage dicom = outcome.image().dicom();
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
        .setBodyPart(filled(event.bodyPart(), dicom, DicomFacts::bodyPart))
        .setModality(modality(event, dicom))
        .setLaterality(filled(event.laterality(), dicom, DicomFacts::laterality))
        .setViewPosition(filled(event.viewPosition(), dicom, DicomFacts::viewPosition))
        .setPriority(event.priority())
        .setLabel(finding.label())
        .setProbabilities(all)
        .setAbnormalProbability(finding.abnormal())
        .setConfidence(finding.confidence())
        .setDecision(refer == null ? Decision.REPORT : Decision.REFER)
        .setReferReason(refer)
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
