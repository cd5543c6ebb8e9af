package org.osteon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osteon.bench.rig.ImageSet;
import org.osteon.bench.rig.Limit;
import org.osteon.bench.rig.Servers;
import org.osteon.bench.rig.ServiceRun;
import org.osteon.bench.table.BenchReport;
import org.osteon.event.RecordSizes;
import org.osteon.model.ModelVersion;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.sandbox.Folders;
import org.osteon.sandbox.RegistryProcess;

/**
 * One run, one machine, one table: the limit of the machine, the service through a real broker, and
 * what people would use instead, on the same images and the same weights.
 */
public final class Bench {
  /** {@code batch.max.delay.ms} as it is by default. */
  private static final double DELAY_MILLIS = 20;

  /** Parts that need no rate from a backlog. */
  private static final Set<BenchPart> BY_THEMSELVES =
      Set.of(BenchPart.ISOLATION, BenchPart.DEVICE, BenchPart.REFERENCES);

  private final BenchSettings settings;
  private final BenchReport report;
  private final ModelVersion version;

  public Bench(BenchSettings settings, PrintStream out) {
    this.settings = settings;
    this.report = new BenchReport(out);
    this.version = ModelVersion.read(settings.model());
  }

  /** Measures everything and writes the table and the file. */
  public void run() throws IOException, InterruptedException {
    DjlEngine.configure(Cpus.share(false, 0, 0));
    Path folder = Files.createTempDirectory("osteon-bench-");
    ImageSet small = settings.images() == null ? ImageSet.small() : ImageSet.of(settings.images());
    report.fact("date", LocalDate.now());
    report.fact("model", version.label());
    report.fact("CPUs", Runtime.getRuntime().availableProcessors());
    report.fact("Java", System.getProperty("java.version"));
    settings.service().forEach(report::fact);
    report.fact("broker", "a process on the same CPUs");
    try (BrokerProcess broker =
            BrokerProcess.launch(
                RecordSizes.forImagesOf(32L << 20).deadLetter(), List.of("-XX:+UseParallelGC"));
        RegistryProcess registry = RegistryProcess.launch();
        Limit limit = Limit.of(version, precision(), Workbench.BATCH)) {
      Servers servers = new Servers(broker.bootstrapServers(), registry.url(), broker.pid());
      report.fact("precision", limit.precision());
      measure(new Workbench(settings, servers, limit, small, report), folder);
      report.note(
          "DJL Serving was not measured: Maven Central has nothing of the group ai.djl.serving.");
      report.write(settings.json());
      if (settings.picture() != null && wants(BenchPart.SWEEP)) {
        SweepFigure.write(settings.json(), settings.picture());
      }
    } finally {
      Folders.remove(folder);
    }
  }

  private void measure(Workbench bench, Path folder) throws IOException, InterruptedException {
    List<ImageSet> large =
        settings.images() == null ? List.of(ImageSet.largeJpeg(), ImageSet.largePng()) : List.of();
    if (wants(BenchPart.ISOLATION)) {
      Isolation.measure(bench, bench.small());
      for (ImageSet each : large) {
        Isolation.measure(bench, each);
      }
    }
    if (wants(BenchPart.DEVICE)) {
      feeding(bench);
    }
    if (wants(BenchPart.REFERENCES)) {
      new ByReference(bench)
          .measure(settings.images() == null ? ImageSet.smaller() : bench.small());
    }
    if (BY_THEMSELVES.containsAll(settings.parts())) {
      return;
    }
    double rate = new BacklogRates(bench).measure(wants(BenchPart.BACKLOG));
    if (wants(BenchPart.SWEEP)) {
      sweep(bench);
    }
    if (wants(BenchPart.LARGE)) {
      large(bench, large);
    }
    if (wants(BenchPart.PEERS)) {
      new Contests(bench, folder).measure(version, precision());
    }
    if (wants(BenchPart.LATENCY)) {
      latency(bench, rate);
    }
    if (wants(BenchPart.GROWTH)) {
      Growth.measure(bench);
    }
    if (wants(BenchPart.START)) {
      new Serving(bench, folder).start();
    }
    if (wants(BenchPart.MEMORY) && !large.isEmpty()) {
      new Serving(bench, folder).memory(large.get(0));
    }
  }

  /** With a device that only takes time, of images as they are and of smaller ones. */
  private void feeding(Workbench bench) throws IOException, InterruptedException {
    Feeding feeding =
        new Feeding(
            bench.limit(),
            (images, device, events) -> bench.run(images, device, Map.of(), Workbench.ALO, events),
            settings.seconds());
    List<ImageSet> fed =
        settings.images() == null
            ? List.of(bench.small(), ImageSet.smaller())
            : List.of(bench.small());
    for (ImageSet each : fed) {
      feeding.measure(each, settings.repeats(), report::add);
    }
  }

  private void sweep(Workbench bench) throws IOException, InterruptedException {
    for (Sweep.Setting each : Sweep.settings()) {
      Map<String, String> values = bench.configured(Workbench.ALO);
      values.put("batch.max.size", Integer.toString(each.batch()));
      values.put("batch.max.delay.ms", Integer.toString(each.delayMillis()));
      ServiceRun run =
          bench
              .servers()
              .run(
                  bench.servers().settings(values),
                  Workbench.PARTITIONS,
                  bench.small(),
                  settings.events() / 2);
      report.add(Workbench.row(Sweep.GROUP, each.label(), List.of(run)));
    }
  }

  private void large(Workbench bench, List<ImageSet> images)
      throws IOException, InterruptedException {
    LargeImages large = new LargeImages(bench);
    large.measure(images);
    if (settings.flame() != null) {
      large.flame(images.get(0), version.label(), settings.flame());
    }
  }

  private void latency(Workbench bench, double rate) throws IOException, InterruptedException {
    double batchMillis =
        Workbench.BATCH * bench.limit().times(bench.small()).inferenceMicros() / 1e3;
    new Latencies(bench::service, bench.small(), Workbench.PARTITIONS, rate)
        .measure(settings.repeats(), settings.seconds(), DELAY_MILLIS + 3 * batchMillis)
        .forEach(report::add);
  }

  /** The variant that the service runs, so that it is compared with its own limit. */
  private String precision() {
    return settings.service().getOrDefault("inference.precision", "auto");
  }

  private boolean wants(BenchPart part) {
    return settings.parts().contains(part);
  }
}
