package org.osteon.metrics;

import java.util.Arrays;
import java.util.List;

/** Chosen so that a quantile is known where someone acts on it. */
final class Buckets {
  static final List<Double> NONE = List.of();

  /** From the batch delay to what no client waits for. */
  static final List<Double> LATENCY =
      of(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800);

  /** From a small JPEG on a fast CPU to the drain limit. */
  static final List<Double> CALL =
      of(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30);

  static final List<Double> SIZES = of(1, 2, 4, 8, 16, 32, 64, 128, 256);
  static final List<Double> CHANGES = of(.005, .01, .02, .05, .1, .2, .3, .5, 1);
  static final List<Double> SHARES = of(.1, .25, .4, .5, .6, .7, .8, .9, .95, .99, 1);

  private static List<Double> of(double... bounds) {
    return Arrays.stream(bounds).boxed().toList();
  }

  private Buckets() {}
}
