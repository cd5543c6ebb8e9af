package org.osteon.performance.statistics;

/**
 * Within what a figure lies, with 95 % confidence.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
  /** The 97.5 % quantile of the standard normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * Wilson's score interval of a proportion (Wilson 1927), which stays within 0 to 1 and is not
   * empty where all or none are hits.
   *
   * @param hits of them
   * @param of at least one
   */
  public static Interval wilson(long hits, long of) {
    if (of <= 0 || hits < 0 || hits > of) {
      throw new IllegalArgumentException(hits + " of " + of + " is no proportion.");
    }
    double n = of;
    double p = hits / n;
    double square = Z * Z;
    double centre = p + square / (2 * n);
    double reach = Z * Math.sqrt(p * (1 - p) / n + square / (4 * n * n));
    double whole = 1 + square / n;
    // Exact at the ends, where rounding would leave 1e-17.
    return new Interval(
        hits == 0 ? 0 : (centre - reach) / whole, hits == of ? 1 : (centre + reach) / whole);
  }
}
