package org.osteon.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osteon.bench.flame.CpuCosts;
import org.osteon.bench.rig.ImageSet;
import org.osteon.bench.rig.Limit;
import org.osteon.bench.rig.ServiceRun;
import org.osteon.bench.rig.SimulatedDevice;
import org.osteon.bench.table.BenchRow;

/**
 * Whether the service keeps a GPU busy: a {@link SimulatedDevice} in the model's place, of several
 * speeds, and from a backlog. What it reaches is held against the device and against what the CPUs
 * can decode, whichever is less.
 */
final class Feeding {
  private static final int FIXED_MICROS = 2_000;

  /** In full batches 1,000, 2,000, 4,000 and 11,000 images a second. */
  private static final int[] IMAGE_MICROS = {969, 469, 219, 60};

  private static final int WARM_EVENTS = 4_000;
  private static final int STREAM_THREADS = 2;
  private static final int MANY_CPUS = 16;
  private static final double WANTED = 0.9;

  private final Limit limit;
  private final Service service;
  private final int seconds;

  /** A run of the service with another device. */
  @FunctionalInterface
  interface Service {
    ServiceRun run(ImageSet images, SimulatedDevice device, int events)
        throws IOException, InterruptedException;
  }

  /**
   * @param seconds of each run, if it is as fast as it could be
   */
  Feeding(Limit limit, Service service, int seconds) {
    this.limit = limit;
    this.service = service;
    this.seconds = seconds;
  }

  /**
   * @param report told of each row when it is known
   */
  void measure(ImageSet images, int repeats, Consumer<BenchRow> report)
      throws IOException, InterruptedException {
    service.run(images, device(IMAGE_MICROS[IMAGE_MICROS.length - 1]), WARM_EVENTS);
    for (int micros : IMAGE_MICROS) {
      SimulatedDevice device = device(micros);
      List<Double> memory = new ArrayList<>();
      List<Double> rates = new ArrayList<>();
      List<Double> least = new ArrayList<>();
      ServiceRun last = null;
      double decodeMicros = 0;
      for (int i = 0; i < repeats; i++) {
        decodeMicros = limit.times(images).decodeMicros();
        double decode = cpus() * 1e6 / decodeMicros;
        least.add(Math.min(device.imagesPerSecond(SimulatedDevice.BATCH), decode));
        int events = (int) (seconds * least.get(i));
        memory.add(limit.feeding(images, device, events));
        last = service.run(images, device, events);
        rates.add(last.imagesPerSecond());
      }
      String group =
          "a simulated device, %s, fed with %s of %.0f kB"
              .formatted(device.name(), images.name(), images.kilobytes());
      report.accept(
          BenchRow.inTurn(
              group, "from memory ÷ min(device, CPUs ÷ decode)", "images/s", memory, least));
      report.accept(
          BenchRow.inTurn(
                  group, "the service ÷ min(device, CPUs ÷ decode)", "images/s", rates, least)
              .atLeast(WANTED));
      if (last != null && micros == IMAGE_MICROS[IMAGE_MICROS.length - 1]) {
        bounds(group, last, device, decodeMicros).forEach(report);
      }
    }
  }

  /**
   * Where the CPU of an image goes, and what that makes of a replica with many CPUs.
   *
   * @param decodeMicros which the decode processes take, and no thread of this one
   */
  private static List<BenchRow> bounds(
      String group, ServiceRun run, SimulatedDevice device, double decodeMicros) {
    List<BenchRow> rows = new ArrayList<>();
    Map<String, Double> micros = run.costs().micros();
    micros.forEach((purpose, each) -> rows.add(BenchRow.of(group, "CPU, " + purpose, "µs", each)));
    rows.add(BenchRow.of(group, "CPU, decode processes, by one thread", "µs", decodeMicros));
    double own =
        decodeMicros
            + micros.entrySet().stream()
                .filter(each -> !each.getKey().equals("the broker"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    double stream = micros.getOrDefault(CpuCosts.STREAM, 0.0);
    rows.add(
        BenchRow.of(
            group,
            MANY_CPUS + " CPUs, all busy with the service, the broker elsewhere",
            "images/s",
            MANY_CPUS * 1e6 / own));
    rows.add(
        BenchRow.of(
            group,
            STREAM_THREADS + " stream threads, never waiting",
            "images/s",
            STREAM_THREADS * 1e6 / stream));
    rows.add(
        BenchRow.of(
            group,
            "the device, never waiting",
            "images/s",
            device.imagesPerSecond(SimulatedDevice.BATCH)));
    return rows;
  }

  private SimulatedDevice device(int imageMicros) {
    return new SimulatedDevice(FIXED_MICROS, imageMicros, limit.classes());
  }

  private static int cpus() {
    return Runtime.getRuntime().availableProcessors();
  }
}
