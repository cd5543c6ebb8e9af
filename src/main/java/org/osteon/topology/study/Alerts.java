package org.osteon.topology.study;

import java.util.Locale;
import java.util.Objects;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;
import org.osteon.event.Severity;
import org.osteon.topology.record.ResultIds;

/**
 * The alert that a result raises: a pure function of both, so that a replay makes the same one.
 *
 * <p>Its label is the one its threshold speaks of, so that study, label and model version name it:
 * URGENT is FRACTURED, with the probability of a fracture or worse; CRITICAL is BEYOND_REPAIR.
 */
final class Alerts {
  private Alerts() {}

  static Alert of(ClassificationResult result, Severity severity) {
    boolean critical = severity == Severity.CRITICAL;
    Label label = critical ? Label.BEYOND_REPAIR : Label.FRACTURED;
    double probability = critical ? Triage.beyondRepair(result) : result.getAbnormalProbability();
    ModelRef model = result.getModel();
    return Alert.newBuilder()
        .setAlertId(
            ResultIds.alert(
                result.getStudyInstanceUid(), label.name(), model.getName(), model.getVersion()))
        .setSeverity(severity)
        .setLabel(label)
        .setProbability(probability)
        .setEventId(result.getEventId())
        .setStudyInstanceUid(result.getStudyInstanceUid())
        .setFacility(result.getFacility())
        .setBodyPart(result.getBodyPart())
        .setPriority(result.getPriority())
        .setMessage(message(result, critical, probability))
        .setModel(model)
        .setRaisedAt(result.getProcessedAt())
        .build();
  }

  private static String message(ClassificationResult result, boolean critical, double probability) {
    return String.format(
        Locale.ROOT,
        "%s: %s, probability %.2f; preliminary, for research use only.",
        Objects.requireNonNullElse(result.getBodyPart(), "Body part unknown"),
        critical
            ? "complex fracture or non-union, urgent orthopaedic review"
            : "a fracture or worse",
        probability);
  }
}
