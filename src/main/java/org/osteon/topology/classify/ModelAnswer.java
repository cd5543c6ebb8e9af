package org.osteon.topology.classify;

import org.jspecify.annotations.Nullable;
import org.osteon.event.Label;
import org.osteon.topology.model.DecisionPolicy;

/**
 * What a version makes of an image: its logits, by its own policy.
 *
 * @param label the most probable
 * @param probabilities {@code [K]}, in the order of the version's classes, calibrated
 * @param confidence the label's probability
 * @param abnormal probability of anything but healthy, at most 1
 * @param referReason why a person decides, as a stable code; null where the answer stands
 */
@SuppressWarnings("ArrayRecordComponent") // made for the one who asks
public record ModelAnswer(
    Label label,
    double[] probabilities,
    double confidence,
    double abnormal,
    @Nullable String referReason) {

  /**
   * @param policy of the version that answered
   * @param logits {@code float32 [K]}
   */
  public static ModelAnswer of(DecisionPolicy policy, float[] logits) {
    double[] probabilities = policy.probabilities(logits);
    int best = 0;
    double abnormal = 0;
    for (int i = 0; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
      abnormal += policy.classes().get(i) == Label.HEALTHY ? 0 : probabilities[i];
    }
    double confidence = probabilities[best];
    return new ModelAnswer(
        policy.classes().get(best),
        probabilities,
        confidence,
        Math.min(1, abnormal),
        policy.referReason(logits, confidence));
  }
}
