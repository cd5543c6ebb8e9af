package org.osteon.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osteon.bench.rig.ServiceRun;
import org.osteon.bench.table.BenchRow;

/** Whether the ten-thousandth image costs what the first costs. */
final class Growth {
  private static final double ALLOWED = 1.05;

  private Growth() {}

  static void measure(Workbench bench) throws IOException, InterruptedException {
    List<Integer> growth = bench.settings().growth();
    int most = growth.stream().max(Integer::compare).orElse(0);
    Map<Integer, List<ServiceRun>> runs = new LinkedHashMap<>();
    for (int i = 0; i < bench.settings().repeats(); i++) {
      for (int events : growth) {
        // A run of seconds says little; one of minutes says enough, and takes them.
        if (i == 0 || events < most) {
          ServiceRun run = bench.run(bench.small(), events);
          runs.computeIfAbsent(events, of -> new ArrayList<>()).add(run);
        }
      }
    }
    double first = 0;
    for (Map.Entry<Integer, List<ServiceRun>> each : runs.entrySet()) {
      double[] values =
          Workbench.rates(each.getValue()).stream().mapToDouble(rate -> 1e6 / rate).toArray();
      BenchRow row = BenchRow.of("cost of an image", each.getKey() + " events", "µs", values);
      boolean base = first == 0;
      first = base ? row.median() : first;
      bench.report().add(base ? row.over(first) : row.over(first).atMost(ALLOWED));
    }
    runs.forEach(
        (events, own) ->
            bench.costs("CPU of an image, " + events + " events", own.get(own.size() - 1)));
  }
}
