package org.osteon.performance.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How far probabilities are from what came true, by bins of equal width from 0 to 1.
 *
 * @param counts cases in each bin
 * @param sums of their probabilities
 * @param hits of them that came true
 */
@SuppressWarnings("ArrayRecordComponent") // made for one reckoning
public record Calibration(long[] counts, double[] sums, long[] hits) {
  /** Bins, as the model's card has them. */
  public static final int BINS = 15;

  private static final int RESAMPLINGS = 400;

  /** The bin of a probability from 0 to 1. */
  public static int bin(double probability) {
    return Math.max(0, Math.min(BINS - 1, (int) (probability * BINS)));
  }

  /**
   * The expected calibration error: the mean distance of a bin's probability and its share of hits,
   * by cases.
   *
   * @return 0 to 1; null without cases
   */
  public @Nullable Double error() {
    long all = Arrays.stream(counts).sum();
    return all == 0 ? null : error(hits, all);
  }

  /**
   * What the error is where the same probabilities come true anew, 400 times, drawn from each bin's
   * own share of hits; the same for the same counts.
   *
   * @return null without cases
   */
  public @Nullable Interval interval() {
    long all = Arrays.stream(counts).sum();
    if (all == 0) {
      return null;
    }
    SplittableRandom random =
        new SplittableRandom(31L * Arrays.hashCode(counts) + Arrays.hashCode(hits));
    double[] errors = new double[RESAMPLINGS];
    long[] drawn = new long[BINS];
    for (int n = 0; n < RESAMPLINGS; n++) {
      for (int bin = 0; bin < BINS; bin++) {
        drawn[bin] = binomial(random, counts[bin], hits[bin]);
      }
      errors[n] = error(drawn, all);
    }
    Arrays.sort(errors);
    return new Interval(errors[RESAMPLINGS / 40], errors[RESAMPLINGS - 1 - RESAMPLINGS / 40]);
  }

  private double error(long[] came, long all) {
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += Math.abs(sums[bin] - came[bin]);
    }
    return sum / all;
  }

  /** Hits among that many cases, each with the bin's share; normal where it is near to it. */
  private static long binomial(SplittableRandom random, long cases, long hits) {
    if (hits == 0 || hits == cases) {
      return hits;
    }
    double share = (double) hits / cases;
    if (Math.min(hits, cases - hits) > 50) {
      double drawn = hits + random.nextGaussian() * Math.sqrt(cases * share * (1 - share));
      return Math.max(0, Math.min(cases, Math.round(drawn)));
    }
    // The rarer of the two is drawn by its gaps, so a bin of a million costs what its hits do.
    boolean rare = hits <= cases - hits;
    double log = Math.log1p(-(rare ? share : 1 - share));
    long count = 0;
    long at = (long) (Math.log(1 - random.nextDouble()) / log);
    while (at < cases) {
      count++;
      at += 1 + (long) (Math.log(1 - random.nextDouble()) / log);
    }
    return rare ? count : cases - count;
  }
}
