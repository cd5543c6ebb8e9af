package org.osteon.topology.study;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.ResultIds;
import org.osteon.event.Severity;
import org.osteon.topology.order.Ordered;

/**
 * The alert that a result raises: a pure function of it, so that a replay makes the same one.
 * Study, severity and model version name it.
 */
final class Alerts {
  private Alerts() {}

  /**
   * @param severity that follows from the result's finding
   * @param ordered what is ordered of the study by now; null where nothing is
   */
  static Alert of(ClassificationResult result, Severity severity, @Nullable Ordered ordered) {
    boolean critical = severity == Severity.CRITICAL;
    double probability = critical ? beyondRepair(result) : result.getAbnormalProbability();
    ModelRef model = result.getModel();
    return Alert.newBuilder()
        .setAlertId(
            ResultIds.alert(
                result.getStudyInstanceUid(), severity.name(), model.getName(), model.getVersion()))
        .setSeverity(severity)
        .setFinding(result.getFinding())
        .setLabel(result.getLabel())
        .setProbability(probability)
        .setEventId(result.getEventId())
        .setStudyInstanceUid(result.getStudyInstanceUid())
        .setAccessionNumber(result.getAccessionNumber())
        .setPatientPseudonym(result.getPatientPseudonym())
        .setAttributes(result.getAttributes())
        .setFacility(result.getFacility())
        .setBodyPart(result.getBodyPart())
        .setPriority(ordered != null && ordered.stat() ? Priority.STAT : result.getPriority())
        .setOrderNumber(
            ordered == null || ordered.number() == null
                ? result.getOrderNumber()
                : ordered.number())
        .setReasonCode(
            ordered == null || ordered.reason() == null ? result.getReasonCode() : ordered.reason())
        .setMessage(message(result, severity, probability))
        .setModel(model)
        .setRaisedAt(result.getProcessedAt())
        .build();
  }

  private static String message(
      ClassificationResult result, Severity severity, double probability) {
    return String.format(
        Locale.ROOT,
        "%s: %s, probability %.2f; preliminary, for research use only.",
        Objects.requireNonNullElse(result.getBodyPart(), "Body part unknown"),
        switch (severity) {
          case CRITICAL -> "complex fracture or non-union, urgent orthopaedic review";
          case URGENT -> "a fracture or worse";
          default -> "in doubt, to be looked at by a person";
        },
        probability);
  }

  private static double beyondRepair(ClassificationResult result) {
    for (LabelProbability each : result.getProbabilities()) {
      if (each.getLabel() == Label.BEYOND_REPAIR) {
        return each.getProbability();
      }
    }
    return 0;
  }
}
