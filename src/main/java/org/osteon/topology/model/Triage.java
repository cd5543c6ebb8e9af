package org.osteon.topology.model;

import org.jspecify.annotations.Nullable;
import org.osteon.config.value.Thresholds;
import org.osteon.event.Finding;
import org.osteon.event.Severity;

/**
 * From probabilities to a finding: a step function of the probability of anything wrong and of that
 * of beyond repair, which never falls when one of them grows. It is asked once for each image;
 * label, decision and alert follow from what it says, see {@link Judgement}.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param doubt where it begins, by body part and facility
 * @param definite likewise
 * @param critical likewise, of the probability of beyond repair
 */
public record Triage(Thresholds doubt, Thresholds definite, Thresholds critical) {
  /** The version's own thresholds everywhere. */
  public static final Triage OF_THE_MODEL =
      new Triage(Thresholds.OF_THE_MODEL, Thresholds.OF_THE_MODEL, Thresholds.OF_THE_MODEL);

  /**
   * @param policy of the version that answered
   * @param bodyPart DICOM's term, null where none is given
   * @param abnormal probability of anything but healthy
   * @param beyondRepair probability of beyond repair
   */
  public Finding finding(
      DecisionPolicy policy,
      @Nullable String bodyPart,
      String facility,
      double abnormal,
      double beyondRepair) {
    if (beyondRepair >= critical.at(bodyPart, facility, policy.critical())) {
      return Finding.CRITICAL;
    }
    if (abnormal >= definite.at(bodyPart, facility, policy.definite())) {
      return Finding.DEFINITE;
    }
    return abnormal >= doubt.at(bodyPart, facility, policy.doubt()) ? Finding.DOUBT : Finding.NONE;
  }

  /** How soon a person must look; {@link Severity#UNKNOWN} where no alert is due. */
  public static Severity severity(Finding finding) {
    return switch (finding) {
      case CRITICAL -> Severity.CRITICAL;
      case DEFINITE -> Severity.URGENT;
      case DOUBT -> Severity.REVIEW;
      case NONE, UNKNOWN -> Severity.UNKNOWN;
    };
  }
}
