package org.osteon.topology.model;

import org.osteon.event.Label;

/**
 * What a version makes of an image: its logits, calibrated.
 *
 * @param probabilities {@code [K]}, in the order of the version's classes, summing to 1
 * @param abnormal probability of anything but healthy, at most 1
 * @param beyondRepair probability of beyond repair; 0 where the version has no such class
 * @param radiograph whether the picture is one at all, as far as the version can tell
 */
@SuppressWarnings("ArrayRecordComponent") // made for the one who asks
public record ModelAnswer(
    double[] probabilities, double abnormal, double beyondRepair, boolean radiograph) {

  /**
   * @param policy of the version that answered
   * @param logits {@code float32 [K]}
   */
  public static ModelAnswer of(DecisionPolicy policy, float[] logits) {
    double[] probabilities = policy.probabilities(logits);
    double abnormal = 0;
    double beyondRepair = 0;
    for (int i = 0; i < probabilities.length; i++) {
      Label label = policy.classes().get(i);
      abnormal += label == Label.HEALTHY ? 0 : probabilities[i];
      beyondRepair = label == Label.BEYOND_REPAIR ? probabilities[i] : beyondRepair;
    }
    return new ModelAnswer(
        probabilities, Math.min(1, abnormal), beyondRepair, policy.isRadiograph(logits));
  }

  /** The largest probability: how sure the version is, whatever it says. */
  public double largest() {
    double largest = 0;
    for (double each : probabilities) {
      largest = Math.max(largest, each);
    }
    return largest;
  }
}
