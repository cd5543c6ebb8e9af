package org.osteon.testing.hospital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.Severity;
import org.osteon.event.StudyAssessment;
import org.osteon.testing.hospital.Evidence.Result;

/** What assessments and alerts must be, worked out a second time from the results alone. */
final class Expected {
  /** Of both severities in all scenarios: the shipped version may name none. */
  static final String THRESHOLD = "0.5";

  private Expected() {}

  /** First result of each event, in order, by study. */
  static Map<String, List<ClassificationResult>> images(Evidence evidence) {
    Map<String, Map<String, ClassificationResult>> first = new TreeMap<>();
    for (Result result : evidence.results()) {
      first
          .computeIfAbsent(result.key(), study -> new LinkedHashMap<>())
          .putIfAbsent(result.eventId(), result.value());
    }
    Map<String, List<ClassificationResult>> images = new TreeMap<>();
    first.forEach((study, events) -> images.put(study, new ArrayList<>(events.values())));
    return images;
  }

  static void assertAssessment(
      @Nullable StudyAssessment assessment, String study, List<ClassificationResult> images) {
    assertThat(assessment).as("assessment of study %s", study).isNotNull();
    assertThat(assessment.getStudyInstanceUid()).isEqualTo(study);
    assertThat(assessment.getEventIds())
        .as("images of study %s", study)
        .containsExactlyElementsOf(images.stream().map(ClassificationResult::getEventId).toList());
    assertThat(assessment.getImages()).isEqualTo(images.size());
    ClassificationResult worst =
        images.stream()
            .max(
                Comparator.<ClassificationResult, Finding>comparing(
                        ClassificationResult::getFinding)
                    .thenComparing(ClassificationResult::getLabel)
                    .thenComparing(ClassificationResult::getConfidence))
            .orElseThrow();
    assertThat(assessment.getFinding()).isEqualTo(worst.getFinding());
    assertThat(assessment.getLabel()).isEqualTo(worst.getLabel());
    // A batch of another size rounds differently, where a crash let an image be answered twice.
    assertThat(assessment.getProbability()).isCloseTo(worst.getConfidence(), within(0.01));
    boolean referred = images.stream().anyMatch(Expected::referred);
    assertThat(assessment.getDecision()).isEqualTo(referred ? Decision.REFER : Decision.REPORT);
  }

  /** Study, version and severity of each alert that is due: each version raises its own. */
  static Set<String> alerts(Evidence evidence) {
    Set<String> due = new HashSet<>();
    images(evidence)
        .forEach(
            (study, images) -> {
              Map<String, Severity> raised = new HashMap<>();
              for (ClassificationResult image : images) {
                String by = image.getModel().getVersion();
                Severity severity = severity(image.getFinding());
                Severity before = raised.getOrDefault(by, Severity.UNKNOWN);
                if (severity.compareTo(before) > 0) {
                  raised.put(by, severity);
                  due.add(study + " " + by + " " + severity);
                }
              }
            });
    return due;
  }

  static String named(Alert alert) {
    return alert.getStudyInstanceUid()
        + " "
        + alert.getModel().getVersion()
        + " "
        + alert.getSeverity();
  }

  private static boolean referred(ClassificationResult result) {
    return result.getDecision() == Decision.REFER;
  }

  private static Severity severity(Finding finding) {
    return switch (finding) {
      case CRITICAL -> Severity.CRITICAL;
      case DEFINITE -> Severity.URGENT;
      case DOUBT -> Severity.REVIEW;
      default -> Severity.UNKNOWN;
    };
  }
}
