package org.osteon.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.osteon.bench.rig.Backlog;
import org.osteon.bench.rig.ImageSet;
import org.osteon.bench.rig.ResultCounter;
import org.osteon.bench.rig.ServeProcess;
import org.osteon.bench.table.BenchRow;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;

/** {@code osteon serve} as a process of its own: how soon it answers, and how much it takes. */
final class Serving {
  private static final double READY_SECONDS = 6;

  /** Beyond {@code memory.budget.mb}, in MB: the JVM, the engine, the model. */
  private static final double BEYOND_BUDGET = 900;

  private final Workbench bench;
  private final Path folder;

  /**
   * @param folder for what the process writes
   */
  Serving(Workbench bench, Path folder) {
    this.bench = bench;
    this.folder = folder;
  }

  /** Seconds from the start of the process. */
  void start() throws IOException {
    double[] ready = new double[bench.settings().repeats()];
    for (int i = 0; i < ready.length; i++) {
      // A group of its own: the group of one that was killed waits for it first.
      Settings own = filled(bench.service(Workbench.EOS), bench.small(), 1);
      try (ServeProcess serve = ServeProcess.start(own, folder)) {
        ready[i] = serve.secondsToReady();
      }
    }
    bench.report().add(BenchRow.of("start", "process to ready", "s", ready).atMost(READY_SECONDS));
    Settings fresh = filled(bench.service(Workbench.EOS), bench.small(), 1);
    try (ServeProcess serve = ServeProcess.start(fresh, folder);
        ResultCounter results = new ResultCounter(fresh)) {
      results.await(1);
      bench
          .report()
          .add(BenchRow.of("start", "process to first result", "s", serve.secondsSinceStart()));
    }
  }

  /** Peak resident memory with few and with many large images waiting. */
  void memory(ImageSet images) throws IOException {
    int waiting = bench.settings().waiting();
    for (int events : new int[] {waiting / 10, waiting}) {
      Settings own = filled(bench.service(Workbench.ALO), images, events);
      try (ServeProcess serve = ServeProcess.start(own, folder);
          ResultCounter results = new ResultCounter(own)) {
        results.await(events);
        String name = "peak resident, %d × %s waiting".formatted(events, images.name());
        bench
            .report()
            .add(
                BenchRow.of("memory, heap 512 MB", name, "MB", serve.peakResidentMb())
                    .atMost(own.get(ImageKeys.MEMORY_BUDGET_MB) / (1 << 20) + BEYOND_BUDGET));
      }
    }
  }

  private static Settings filled(Settings own, ImageSet images, int events) {
    Backlog.fill(own, Workbench.PARTITIONS, images, events);
    return own;
  }
}
