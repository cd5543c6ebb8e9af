package org.osteon.performance.statistics;

/**
 * How many cases a {@link BernoulliCusum} sees before its first alarm, on average: the absorption
 * time of the Markov chain of its scores (Brook and Evans 1972), exact because points are whole.
 */
final class RunLength {
  private RunLength() {}

  /**
   * Solves {@code a(s) = 1 + (1 - p) a(max(0, s - hit)) + p a(s + miss)}, where a score of limit or
   * more ends it, for a(0).
   *
   * @param hit points down
   * @param miss points up
   * @param limit scores 0 to limit - 1 go on
   * @param p probability of a miss
   */
  static double of(int hit, int miss, int limit, double p) {
    // Row s of the matrix has entries in columns s - hit to s + miss alone: elimination without
    // pivots, which rows that sum to nearly nothing allow, stays within that band.
    int band = hit + miss + 1;
    double[][] rows = new double[limit][band];
    double[] right = new double[limit];
    for (int s = 0; s < limit; s++) {
      right[s] = 1;
      rows[s][hit] += 1;
      rows[s][Math.max(0, s - hit) - s + hit] -= 1 - p;
      if (s + miss < limit) {
        rows[s][miss + hit] -= p;
      }
    }
    for (int pivot = limit - 1; pivot > 0; pivot--) {
      // From the top down, so that what is left in the end is the score of 0.
      int from = Math.max(0, pivot - miss);
      for (int row = from; row < pivot; row++) {
        double factor = rows[row][pivot - row + hit] / rows[pivot][hit];
        if (factor == 0) {
          continue;
        }
        int lowest = Math.max(0, pivot - hit);
        for (int column = lowest; column <= pivot; column++) {
          // Fill-in below the band's lower edge cannot be: lowest is above row - hit.
          rows[row][column - row + hit] -= factor * rows[pivot][column - pivot + hit];
        }
        right[row] -= factor * right[pivot];
      }
    }
    return right[0] / rows[0][hit];
  }
}
