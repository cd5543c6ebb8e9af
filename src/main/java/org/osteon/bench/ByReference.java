package org.osteon.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osteon.bench.rig.ImageSet;
import org.osteon.bench.rig.ServiceRun;
import org.osteon.bench.rig.SimulatedDevice;
import org.osteon.bench.rig.SlowStore;

/**
 * Whether images that lie elsewhere come as fast as those that are there: from a backlog of
 * references, with stores that take their time, and a {@link SimulatedDevice} that is no one's
 * bound.
 */
final class ByReference {
  private static final int[] LATENCY_MILLIS = {0, 50, 500};

  /** In full batches 2,000 images a second. */
  private static final int FIXED_MICROS = 2_000;

  private static final int IMAGE_MICROS = 469;
  private static final int WARM_EVENTS = 4_000;
  private static final int WANTED = 500;

  private final Workbench bench;
  private final SimulatedDevice device;

  ByReference(Workbench bench) {
    this.bench = bench;
    this.device = new SimulatedDevice(FIXED_MICROS, IMAGE_MICROS, bench.limit().classes());
  }

  void measure(ImageSet images) throws IOException, InterruptedException {
    run(images, 0, Workbench.ALO, WARM_EVENTS);
    String group =
        "%s of %.0f kB by reference, a simulated device of %.0f images/s"
            .formatted(
                images.name(), images.kilobytes(), device.imagesPerSecond(SimulatedDevice.BATCH));
    int events = bench.settings().seconds() * WANTED;
    for (String guarantee : List.of(Workbench.ALO, Workbench.EOS)) {
      for (int millis : LATENCY_MILLIS) {
        List<ServiceRun> runs = new ArrayList<>();
        for (int i = 0; i < bench.settings().repeats(); i++) {
          runs.add(run(images, millis, guarantee, events));
        }
        String name = "a store that answers after %d ms, %s".formatted(millis, guarantee);
        bench.report().add(Workbench.row(group, name, runs).atLeast(WANTED));
      }
    }
  }

  private ServiceRun run(ImageSet images, int millis, String guarantee, int events)
      throws IOException, InterruptedException {
    try (SlowStore store = SlowStore.of(images, Duration.ofMillis(millis))) {
      Map<String, String> values = new HashMap<>(bench.configured(guarantee));
      values.putAll(SimulatedDevice.settings());
      values.putAll(store.settings());
      return bench
          .servers()
          .run(
              bench.servers().settings(values),
              Workbench.PARTITIONS,
              store,
              events,
              model -> device.predictors());
    }
  }
}
