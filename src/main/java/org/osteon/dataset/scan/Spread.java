package org.osteon.dataset.scan;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * How values lie.
 *
 * @param min the smallest
 * @param p10 a tenth is below it
 * @param median half is below it
 * @param p90 nine tenths are below it
 * @param max the largest
 */
public record Spread(double min, double p10, double median, double p90, double max) {
  /** Of what a function gives for each; all 0 where there are none. */
  static <T> Spread of(Collection<T> items, ToDoubleFunction<T> value) {
    double[] sorted = items.stream().mapToDouble(value).sorted().toArray();
    if (sorted.length == 0) {
      return new Spread(0, 0, 0, 0, 0);
    }
    return new Spread(
        sorted[0], at(sorted, 0.1), at(sorted, 0.5), at(sorted, 0.9), sorted[sorted.length - 1]);
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
