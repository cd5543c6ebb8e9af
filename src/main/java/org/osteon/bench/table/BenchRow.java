package org.osteon.bench.table;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param group the table it stands in
 * @param name what was measured
 * @param unit of the values
 * @param values of each repetition, sorted
 * @param ratio of the median to what it is compared with, or null
 * @param target what the ratio (or, without one, the median) should reach, or null
 * @param atLeast whether the target is a floor; else it is a ceiling
 */
public record BenchRow(
    String group,
    String name,
    String unit,
    double[] values,
    @Nullable Double ratio,
    @Nullable Double target,
    boolean atLeast) {

  public static BenchRow of(String group, String name, String unit, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new BenchRow(group, name, unit, sorted, null, null, true);
  }

  /**
   * Repetitions, each divided by what was measured beside it: the ratio is the median of theirs, so
   * that what drifts drifts for both.
   */
  public static BenchRow inTurn(
      String group, String name, String unit, List<Double> values, List<Double> others) {
    double[] ratios = new double[values.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = values.get(i) / others.get(i);
    }
    BenchRow row = of(group, name, unit, values.stream().mapToDouble(each -> each).toArray());
    double ratio = of(group, name, unit, ratios).median();
    return new BenchRow(group, name, unit, row.values, ratio, null, true);
  }

  /** Divided by what it is compared with. */
  public BenchRow over(double other) {
    return new BenchRow(group, name, unit, values, median() / other, target, atLeast);
  }

  /** With a ratio that is not that of its own values to something. */
  public BenchRow withRatio(double found) {
    return new BenchRow(group, name, unit, values, found, target, atLeast);
  }

  public BenchRow atLeast(double wanted) {
    return new BenchRow(group, name, unit, values, ratio, wanted, true);
  }

  public BenchRow atMost(double wanted) {
    return new BenchRow(group, name, unit, values, ratio, wanted, false);
  }

  public double median() {
    int n = values.length;
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
  }

  /** True or false where there is a target, else null. */
  public @Nullable Boolean reached() {
    if (target == null) {
      return null;
    }
    double found = ratio == null ? median() : ratio;
    return atLeast ? found >= target : found <= target;
  }
}
