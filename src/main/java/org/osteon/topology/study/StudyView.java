package org.osteon.topology.study;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.Label;

/**
 * What a study remembers of one image: the answer to it.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param by the model version that gave it, {@code name/version}
 * @param finding null of answers that an older release wrote down
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StudyView(
    String eventId,
    String by,
    Label label,
    double probability,
    boolean referred,
    @Nullable Finding finding) {
  static StudyView of(ClassificationResult result) {
    return new StudyView(
        result.getEventId(),
        StudyState.answeredBy(result.getModel()),
        result.getLabel(),
        result.getConfidence(),
        result.getDecision() == Decision.REFER,
        result.getFinding());
  }

  /** What was found; of an older answer, what its label and its decision come to. */
  Finding found() {
    if (finding != null) {
      return finding;
    }
    if (referred) {
      return Finding.DOUBT;
    }
    return switch (label) {
      case BEYOND_REPAIR -> Finding.CRITICAL;
      case FRACTURED -> Finding.DEFINITE;
      default -> Finding.NONE;
    };
  }

  /** The higher finding with its label and probability; referred if either is. */
  StudyView worse(StudyView other) {
    StudyView worst = WORSE.compare(this, other) >= 0 ? this : other;
    return new StudyView(
        worst.eventId,
        worst.by,
        worst.label,
        worst.probability,
        referred || other.referred,
        worst.found());
  }

  private static final Comparator<StudyView> WORSE =
      Comparator.comparing(StudyView::found)
          .thenComparing(StudyView::label)
          .thenComparing(StudyView::probability);
}
