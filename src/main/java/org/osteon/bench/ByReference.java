package org.osteon.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osteon.bench.rig.ImageSet;
import org.osteon.bench.rig.ServiceRun;
import org.osteon.bench.rig.SimulatedDevice;
import org.osteon.bench.rig.SlowStore;

/**
 * Whether images that lie elsewhere come as fast as those that are there: from a backlog of
 * references, with stores that take their time, and a {@link SimulatedDevice} that is no one's
 * bound. One run each: they take as long as stores do.
 */
final class ByReference {
  private static final int[] LATENCY_MILLIS = {0, 50, 500};

  /** In full batches 2,000 images a second. */
  private static final int FIXED_MICROS = 2_000;

  private static final int IMAGE_MICROS = 469;
  private static final int WARM_EVENTS = 4_000;
  private static final int WANTED = 500;
  private static final double REACHED = 0.95;

  /** In a run's first half decode processes compile and the number of fetches is found. */
  private static final int EVENTS_A_SECOND = 4 * WANTED;

  private final Workbench bench;
  private final SimulatedDevice device;

  ByReference(Workbench bench) {
    this.bench = bench;
    this.device = new SimulatedDevice(FIXED_MICROS, IMAGE_MICROS, bench.limit().classes());
  }

  void measure(ImageSet images) throws IOException, InterruptedException {
    fetched(images, 0, Workbench.ALO, WARM_EVENTS);
    int events = bench.settings().seconds() * EVENTS_A_SECOND;
    for (String guarantee : List.of(Workbench.ALO, Workbench.EOS)) {
      String group =
          "%s of %.0f kB, %s, a simulated device of %.0f images/s"
              .formatted(
                  images.name(),
                  images.kilobytes(),
                  guarantee,
                  device.imagesPerSecond(SimulatedDevice.BATCH));
      ServiceRun inline = bench.run(images, device, Map.of(), guarantee, events);
      bench.report().add(Workbench.row(group, "inline", List.of(inline)));
      double least = Math.min(WANTED, inline.imagesPerSecond());
      for (int millis : LATENCY_MILLIS) {
        ServiceRun run = fetched(images, millis, guarantee, events);
        String name =
            "a store that answers after %d ms ÷ min(%d, inline)".formatted(millis, WANTED);
        bench.report().add(Workbench.row(group, name, List.of(run)).over(least).atLeast(REACHED));
      }
    }
  }

  private ServiceRun fetched(ImageSet images, int millis, String guarantee, int events)
      throws IOException, InterruptedException {
    try (SlowStore store = SlowStore.of(images, Duration.ofMillis(millis))) {
      return bench.run(store, device, store.settings(), guarantee, events);
    }
  }
}
