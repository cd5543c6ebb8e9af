package org.osteon.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.osteon.bench.rig.ImageSet;
import org.osteon.bench.rig.OpenLoop;
import org.osteon.bench.table.BenchRow;
import org.osteon.config.Settings;

/**
 * Latency under shares of the capacity, each through {@link OpenLoop}.
 *
 * @param settings with topics of their own, for a {@code processing.guarantee}
 * @param capacity images a second
 */
record Latencies(
    Function<String, Settings> settings, ImageSet images, int partitions, double capacity) {
  private static final String GROUP = "publish to result, open loop (p50, p99, p99.9)";

  /** A share of the capacity that arrives. */
  private record Load(String guarantee, double share) {
    static List<Load> all() {
      return Stream.of(Workbench.ALO, Workbench.EOS)
          .flatMap(each -> Stream.of(0.1, 0.5, 0.8).map(share -> new Load(each, share)))
          .toList();
    }

    boolean hasTarget() {
      return share == 0.5;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s, %.0f %% of capacity", guarantee, share * 100);
    }
  }

  /**
   * Measures in turn. A p99 of seconds is one stall of the machine or none, so what has a target is
   * repeated.
   *
   * @param seconds of each load
   * @param wantedMillis p99 at least once at half of the capacity; exactly once may take twice that
   */
  List<BenchRow> measure(int repeats, int seconds, double wantedMillis)
      throws IOException, InterruptedException {
    Map<Load, List<Histogram>> found = new LinkedHashMap<>();
    for (int i = 0; i < repeats; i++) {
      for (Load each : Load.all()) {
        if (i == 0 || each.hasTarget()) {
          try (OpenLoop loop = new OpenLoop(settings.apply(each.guarantee), images)) {
            Histogram micros = loop.micros(each.share * capacity, seconds, partitions);
            found.computeIfAbsent(each, of -> new ArrayList<>()).add(micros);
          }
        }
      }
    }
    List<BenchRow> rows = new ArrayList<>();
    found.forEach((load, histograms) -> rows.addAll(rows(load, histograms, wantedMillis)));
    return rows;
  }

  private static List<BenchRow> rows(Load load, List<Histogram> found, double wantedMillis) {
    double wanted = load.guarantee.equals(Workbench.ALO) ? wantedMillis : 2 * wantedMillis;
    BenchRow p99 = row(load, found, "99");
    return List.of(
        row(load, found, "50"),
        load.hasTarget() ? p99.atMost(wanted) : p99,
        row(load, found, "99.9"));
  }

  private static BenchRow row(Load load, List<Histogram> found, String percentile) {
    double at = Double.parseDouble(percentile);
    double[] millis =
        found.stream().mapToDouble(each -> each.getValueAtPercentile(at) / 1e3).toArray();
    return BenchRow.of(GROUP, load + ", p" + percentile, "ms", millis);
  }
}
