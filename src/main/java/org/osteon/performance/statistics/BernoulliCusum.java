package org.osteon.performance.statistics;

/**
 * A cumulative sum of points for single cases that are hits or misses (Reynolds and Stoumbos 1999):
 * the test that, for a given rate of false alarms, is the fastest to see the share of hits fall
 * from one value to another.
 *
 * <p>Points are the logarithm of the likelihood ratio in whole numbers, so that sums are exact and
 * the rate of false alarms is reckoned, not guessed: see {@link RunLength}.
 *
 * @param hit points that a hit takes away
 * @param miss points that a miss gives
 * @param limit points from which on it is an alarm
 * @param unit nats that a point is worth
 * @param casesBetweenFalseAlarms cases between two false alarms on average, while the share of hits
 *     is as expected and each case is looked at by itself; looked at by days there are fewer alarms
 */
public record BernoulliCusum(
    int hit, int miss, int limit, double unit, double casesBetweenFalseAlarms) {
  /** Points of a hit: finer ones would cost time and change nothing. */
  private static final int HIT = 10;

  private static final int MOST = 1 << 14;

  /**
   * Makes the test for a fall.
   *
   * @param expected share of hits while all is well
   * @param fallen share that is to be seen fastest, below it
   * @param cases between false alarms, at least, on average
   * @throws IllegalArgumentException no test can do that, with one sentence
   */
  public static BernoulliCusum design(double expected, double fallen, double cases) {
    if (!(0 < fallen && fallen < expected && expected < 1)) {
      throw new IllegalArgumentException(
          "A fall from %s to %s is none: both must lie between 0 and 1, the second below the first."
              .formatted(expected, fallen));
    }
    double unit = Math.log(expected / fallen) / HIT;
    int miss = (int) Math.max(1, Math.round(Math.log((1 - fallen) / (1 - expected)) / unit));
    int above = 1;
    while (RunLength.of(HIT, miss, above, 1 - expected) < cases) {
      above *= 2;
      if (above > MOST) {
        throw new IllegalArgumentException(
            "%s and %s are too near to each other for so few false alarms: name a lower one to fall to."
                .formatted(expected, fallen));
      }
    }
    int below = above / 2;
    while (above - below > 1) {
      int middle = (above + below) / 2;
      if (RunLength.of(HIT, miss, middle, 1 - expected) < cases) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return new BernoulliCusum(HIT, miss, above, unit, RunLength.of(HIT, miss, above, 1 - expected));
  }

  /**
   * The score after further cases; never below 0, and never above twice the limit, so that what has
   * recovered is seen as recovered.
   */
  public int after(int score, long hits, long misses) {
    long next = score + misses * miss - hits * hit;
    return (int) Math.max(0, Math.min(2L * limit, next));
  }

  /** How many times likelier what was seen since the score left 0 is after the fall than before. */
  public double likelihoodRatio(int score) {
    return Math.exp(score * unit);
  }
}
