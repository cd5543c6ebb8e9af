package org.osteon.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osteon.bench.rig.ImageSet;
import org.osteon.bench.rig.Limit;
import org.osteon.bench.table.BenchRow;

/** What it costs to decode in other processes: both ways in turn, from memory. */
final class Isolation {
  private static final int SECONDS = 4;
  private static final double WANTED = 0.95;

  private Isolation() {}

  static void measure(Workbench bench, ImageSet images) throws IOException, InterruptedException {
    Limit limit = bench.limit();
    List<Double> here = new ArrayList<>();
    List<Double> apart = new ArrayList<>();
    int events = Math.max(200, (int) (SECONDS * limit.now(images)));
    limit.isolated(images, events);
    for (int i = 0; i < bench.settings().repeats(); i++) {
      here.add(limit.fromMemory(images, events));
      apart.add(limit.isolated(images, events));
    }
    String name = "%s of %.0f kB, processes ÷ here".formatted(images.name(), images.kilobytes());
    bench
        .report()
        .add(
            BenchRow.inTurn("decoding in processes", name, "images/s", apart, here)
                .atLeast(WANTED));
  }
}
