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
 * @param minRadiographLogit below this mean of the logits the picture is no radiograph; null where
 *     the version cannot tell
 * @param doubt from this probability of anything but healthy on there is doubt; null where the
 *     version names none
 * @param definite from this probability of anything but healthy on the finding is definite;
 *     likewise
 * @param critical from this probability of beyond repair on the finding is critical; likewise
 */
public record DecisionPolicy(
    ModelRef identity,
    List<Label> classes,
    double temperature,
    @Nullable Double minRadiographLogit,
    @Nullable Double doubt,
    @Nullable Double definite,
    @Nullable Double critical) {

  /**
   * Whether there is a radiograph at all. The mean of the logits, which the softmax ignores, is
   * where training put that; see {@code training/osteon_training/outliers.py}.
   */
  public boolean isRadiograph(float[] logits) {
    return minRadiographLogit == null || mean(logits) >= minRadiographLogit;
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
