package org.osteon.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long images took, in columns that each hold twice the time of the one before.
 *
 * @param columns none where there is no result
 * @param quantiles in words
 */
public record LatencyFigure(List<Column> columns, String quantiles) {
  /** Pixels of the figure. */
  public static final int WIDTH = 340;

  public static final int HEIGHT = 120;

  private static final int COLUMNS = 12;
  private static final double FIRST = 8;

  /**
   * Places and sizes in pixels, with a decimal point whatever the machine's language.
   *
   * @param middle where its words stand
   * @param words null where it has none
   */
  public record Column(
      String x,
      String y,
      String width,
      String height,
      int count,
      String middle,
      @Nullable String words) {}

  /**
   * @param sorted milliseconds, the shortest first
   */
  static LatencyFigure of(double[] sorted) {
    if (sorted.length == 0) {
      return new LatencyFigure(List.of(), "");
    }
    int[] counts = new int[COLUMNS];
    int most = 1;
    for (double each : sorted) {
      int column = (int) Math.ceil(Math.log(Math.max(each, 1) / FIRST) / Math.log(2));
      column = Math.max(0, Math.min(COLUMNS - 1, column));
      counts[column]++;
      most = Math.max(most, counts[column]);
    }
    List<Column> columns = new ArrayList<>();
    double step = (double) WIDTH / COLUMNS;
    for (int i = 0; i < COLUMNS; i++) {
      double height = (HEIGHT - 6.0) * counts[i] / most;
      columns.add(
          new Column(
              number(i * step + 2),
              number(HEIGHT - height),
              number(step - 4),
              number(height),
              counts[i],
              number((i + 0.5) * step),
              i % 2 == 0 ? words(FIRST * Math.pow(2, i)) : null));
    }
    return new LatencyFigure(
        columns,
        "p50 %s · p90 %s · p99 %s"
            .formatted(
                words(quantile(sorted, 0.5)),
                words(quantile(sorted, 0.9)),
                words(quantile(sorted, 0.99))));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1.0, Math.floor(share * sorted.length))];
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String words(double millis) {
    return millis < 1000
        ? String.format(Locale.ROOT, "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }
}
