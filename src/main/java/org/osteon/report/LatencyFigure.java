package org.osteon.report;

import java.util.Locale;

/** How long images took, in columns that each hold twice the time of the one before. */
final class LatencyFigure {
  private static final int COLUMNS = 12;
  private static final int WIDTH = 340;
  private static final int HEIGHT = 120;
  private static final double FIRST = 8;

  private LatencyFigure() {}

  /**
   * @param sorted milliseconds, the shortest first
   */
  static String svg(double[] sorted) {
    if (sorted.length == 0) {
      return "<div class=note>no results</div>";
    }
    int[] counts = new int[COLUMNS];
    int most = 1;
    for (double each : sorted) {
      int column = (int) Math.ceil(Math.log(Math.max(each, 1) / FIRST) / Math.log(2));
      column = Math.max(0, Math.min(COLUMNS - 1, column));
      counts[column]++;
      most = Math.max(most, counts[column]);
    }
    StringBuilder svg = new StringBuilder();
    svg.append("<svg viewBox='0 0 %d %d' width='100%%'>".formatted(WIDTH, HEIGHT + 16));
    double step = (double) WIDTH / COLUMNS;
    for (int i = 0; i < COLUMNS; i++) {
      double height = (HEIGHT - 6.0) * counts[i] / most;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='2' fill='#5b7fb5'><title>%d</title></rect>",
              i * step + 2,
              HEIGHT - height,
              step - 4,
              height,
              counts[i]));
      if (i % 2 == 0) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>",
                (i + 0.5) * step,
                HEIGHT + 13,
                words(FIRST * Math.pow(2, i))));
      }
    }
    svg.append("</svg><div class=note>");
    svg.append("p50 " + words(quantile(sorted, 0.5)) + " · p90 " + words(quantile(sorted, 0.9)));
    return svg.append(" · p99 " + words(quantile(sorted, 0.99)) + "</div>").toString();
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1.0, Math.floor(share * sorted.length))];
  }

  private static String words(double millis) {
    return millis < 1000
        ? String.format(Locale.ROOT, "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }
}
