package org.osteon.topology.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;

/**
 * What the topology must know of the model that answers, and no more.
 *
 * @param identity name, version and digest, as results carry them
 * @param classes labels in the order of the logits
 * @param temperature logits are divided by it before the softmax
 * @param minConfidence below this probability of the best label a person decides
 * @param minRadiographLogit below this mean of the logits the picture is no radiograph, and a
 *     person decides; null where the model cannot tell
 * @param urgentProbability from this probability of anything but healthy on it is urgent; null
 *     where the version names none
 * @param criticalProbability from this probability of beyond repair on it is critical; null where
 *     the version names none
 */
public record DecisionPolicy(
    ModelRef identity,
    List<Label> classes,
    double temperature,
    double minConfidence,
    @Nullable Double minRadiographLogit,
    @Nullable Double urgentProbability,
    @Nullable Double criticalProbability) {

  /**
   * Why a person decides, as a stable code, or null where the answer stands.
   *
   * <p>The mean of the logits, which the softmax ignores, is where training put whether there is a
   * radiograph at all; see {@code training/osteon_training/outliers.py}.
   */
  public @Nullable String referReason(float[] logits, double confidence) {
    if (minRadiographLogit != null && mean(logits) < minRadiographLogit) {
      return "NOT_A_RADIOGRAPH";
    }
    return confidence < minConfidence ? "LOW_CONFIDENCE" : null;
  }

  private static double mean(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += logit;
    }
    return sum / logits.length;
  }

  /** Calibrated probabilities, {@code [K]}, summing to 1: softmax of logits ÷ temperature. */
  public double[] probabilities(float[] logits) {
    if (logits.length != classes.size()) {
      throw new IllegalArgumentException(
          logits.length + " logits for the classes " + classes + ".");
    }
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit / temperature);
    }
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp(logits[i] / temperature - max);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }
}
