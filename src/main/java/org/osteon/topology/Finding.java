package org.osteon.topology;

import org.jspecify.annotations.Nullable;
import org.osteon.event.Label;

/**
 * What a version makes of an image: its logits, by its own terms.
 *
 * @param label the most probable
 * @param probabilities {@code [K]}, in the order of the version's classes, calibrated
 * @param confidence the label's probability
 * @param abnormal probability of anything but healthy, at most 1
 * @param referReason why a person decides, as a stable code; null where the answer stands
 */
@SuppressWarnings("ArrayRecordComponent") // made for the one who asks
public record Finding(
    Label label,
    double[] probabilities,
    double confidence,
    double abnormal,
    @Nullable String referReason) {

  /**
   * @param terms of the version that answered
   * @param logits {@code float32 [K]}
   */
  public static Finding of(ModelTerms terms, float[] logits) {
    double[] probabilities = terms.probabilities(logits);
    int best = 0;
    double abnormal = 0;
    for (int i = 0; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
      abnormal += terms.classes().get(i) == Label.HEALTHY ? 0 : probabilities[i];
    }
    double confidence = probabilities[best];
    return new Finding(
        terms.classes().get(best),
        probabilities,
        confidence,
        Math.min(1, abnormal),
        terms.referReason(logits, confidence));
  }
}
