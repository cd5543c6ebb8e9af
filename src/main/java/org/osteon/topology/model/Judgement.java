package org.osteon.topology.model;

import org.jspecify.annotations.Nullable;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.Label;

/**
 * What is said of one image, all of it from one finding, so that no part contradicts another.
 *
 * <p>Of a picture that the model was not made for there is doubt at most: a person looks at it, and
 * nothing is reported.
 *
 * @param finding how sure it is that something is wrong
 * @param label HEALTHY of NONE, FRACTURED of DEFINITE, BEYOND_REPAIR of CRITICAL; of DOUBT the more
 *     probable of HEALTHY and FRACTURED
 * @param decision REFER of DOUBT and of what the model was not made for, else REPORT
 * @param referReason a stable code; null where the answer stands
 */
public record Judgement(
    Finding finding, Label label, Decision decision, @Nullable String referReason) {
  /** Why what is in doubt is referred. */
  public static final String DOUBT = "DOUBT";

  /** Why a picture that is no radiograph is. */
  public static final String NOT_A_RADIOGRAPH = "NOT_A_RADIOGRAPH";

  /**
   * @param found what the triage says of the probabilities
   * @param answer of the model
   * @param foreign why the model was not made for the picture, as a stable code; null where it was
   */
  public static Judgement of(Finding found, ModelAnswer answer, @Nullable String foreign) {
    String barred = foreign == null && !answer.radiograph() ? NOT_A_RADIOGRAPH : foreign;
    Finding finding = barred != null && found.compareTo(Finding.DOUBT) > 0 ? Finding.DOUBT : found;
    String reason = barred == null && finding == Finding.DOUBT ? DOUBT : barred;
    return new Judgement(
        finding, label(finding, answer), reason == null ? Decision.REPORT : Decision.REFER, reason);
  }

  /** The probability of the label, of an answer whose classes are those of the policy. */
  public double confidence(DecisionPolicy policy, ModelAnswer answer) {
    int at = policy.classes().indexOf(label);
    return at < 0 ? answer.abnormal() : answer.probabilities()[at];
  }

  private static Label label(Finding finding, ModelAnswer answer) {
    return switch (finding) {
      case CRITICAL -> Label.BEYOND_REPAIR;
      case DEFINITE -> Label.FRACTURED;
      case DOUBT -> answer.abnormal() >= 0.5 ? Label.FRACTURED : Label.HEALTHY;
      case NONE, UNKNOWN -> Label.HEALTHY;
    };
  }
}
