package org.osteon.dataset.split;

import java.util.Arrays;
import java.util.List;

/**
 * How much of the data each split gets.
 *
 * @param shares of {@code train}, {@code val} and {@code test}; together 1
 */
public record SplitShares(List<Double> shares) {
  /**
   * @param text three whole numbers that make 100, {@code 70,15,15}
   * @throws IllegalArgumentException where they are not
   */
  public static SplitShares parse(String text) {
    try {
      int[] percent =
          Arrays.stream(text.split(",", -1))
              .map(String::strip)
              .mapToInt(Integer::parseInt)
              .toArray();
      if (percent.length == 3
          && Arrays.stream(percent).sum() == 100
          && Arrays.stream(percent).min().orElse(0) >= 0
          && percent[0] > 0) {
        return new SplitShares(Arrays.stream(percent).mapToObj(p -> p / 100.0).toList());
      }
    } catch (NumberFormatException e) {
      // Said below, as for every other wrong text.
    }
    throw new IllegalArgumentException(
        "--split is '%s': give the percentages of train, val and test, as 70,15,15."
            .formatted(text));
  }

  double of(int split) {
    return shares.get(split);
  }
}
