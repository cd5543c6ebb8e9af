package org.osteon.performance.join;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;

/**
 * The last that a role said of a study or of one of its images.
 *
 * @param event the image; null for the study
 * @param role who
 * @param status how much it is worth
 * @param label what was found
 * @param sawAnswer whether they had seen the answer; null where it is not known
 * @param saidAt when, milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Said(
    @Nullable String event,
    TruthRole role,
    TruthStatus status,
    Label label,
    @Nullable Boolean sawAnswer,
    long saidAt) {
  /** Total, so that the order in which records come, or come again, makes no difference. */
  private static final Comparator<Said> LATER =
      Comparator.comparingLong(Said::saidAt)
          .thenComparing(Said::status)
          .thenComparing(Said::label)
          .thenComparing(said -> String.valueOf(said.sawAnswer));

  static Said of(Truth truth) {
    return new Said(
        truth.getEventId(),
        truth.getRole(),
        truth.getStatus(),
        truth.getLabel(),
        truth.getSawAnswer(),
        truth.getSaidAt().toEpochMilli());
  }

  /** Whether both are of one role about the same, so that one of them takes the other's place. */
  boolean sameStatement(Said other) {
    return role == other.role && Objects.equals(event, other.event);
  }

  boolean isLaterThan(Said other) {
    return LATER.compare(this, other) > 0;
  }

  boolean counts() {
    return (status == TruthStatus.FINAL || status == TruthStatus.CORRECTED)
        && label != Label.UNKNOWN;
  }
}
