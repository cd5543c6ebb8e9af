package org.osteon.service.canary;

/**
 * Whether the mean of what comes one after another lies above a limit, to be looked at after each
 * value. Money is bet on that: in a game that is fair or worse as long as the mean keeps to the
 * limit, a stake of 1 becomes 1/α with a probability of α at most, however often one looks (Ville's
 * inequality; Waudby-Smith and Ramdas, <i>Estimating means of bounded random variables by
 * betting</i>, 2024). A threshold for a share of failures that is looked at a thousand times has no
 * such bound.
 *
 * <p><b>Threading.</b> One thread.
 */
final class MeanTest {
  /** Of the largest bet that can never lose more than all; what is won by each is averaged. */
  private static final double[] BETS = {.01, .03, .1, .2, .35, .5, .75, .9};

  private final double limit;
  private final double most;
  private final double[] logs = new double[BETS.length];

  /**
   * @param limit of the mean
   * @param low no value is smaller; below the limit
   */
  MeanTest(double limit, double low) {
    this.limit = limit;
    this.most = 1 / (limit - low);
  }

  /** Takes a value. */
  void add(double value) {
    for (int i = 0; i < BETS.length; i++) {
      logs[i] += Math.log1p(BETS[i] * most * (value - limit));
    }
  }

  /** What became of a stake of 1. */
  double evidence() {
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log);
    }
    return sum / logs.length;
  }
}
