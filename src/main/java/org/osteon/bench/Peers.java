package org.osteon.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.osteon.bench.peer.PlainStreams;
import org.osteon.bench.peer.PythonConsumer;
import org.osteon.bench.peer.RateMeter;
import org.osteon.bench.rig.Backlog;
import org.osteon.bench.rig.ImageSet;
import org.osteon.bench.rig.Limit;
import org.osteon.bench.rig.ServiceRun;
import org.osteon.bench.table.BenchReport;
import org.osteon.bench.table.BenchRow;
import org.osteon.config.Settings;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.model.ModelVersion;

/**
 * What people would use instead, each with the very graph that the service runs: once in f32, once
 * in the precision that the service chooses by itself. What that choice brings is a row of its own,
 * because a peer could choose as well.
 */
final class Peers {
  private static final String F32 = "f32";
  private static final String UNIT = "images/s";

  private final Supplier<Settings> topics;
  private final Path folder;
  private final BenchReport report;
  private final int repeats;

  /**
   * Who is compared.
   *
   * @param name for a table
   * @param version that all of them run
   * @param limit of it, in the precision that the service chooses
   * @param threads of Kafka Streams, one run each
   * @param events of each run of a peer
   */
  record Contest(String name, ModelVersion version, Limit limit, int[] threads, int events) {}

  /** The service in a precision. */
  @FunctionalInterface
  interface Service {
    ServiceRun run(ModelVersion version, String precision) throws IOException, InterruptedException;
  }

  /**
   * @param topics settings with topics of their own, empty
   * @param folder for what peers write
   */
  Peers(Supplier<Settings> topics, Path folder, BenchReport report, int repeats) {
    this.topics = topics;
    this.folder = folder;
    this.report = report;
    this.repeats = repeats;
  }

  /** Reports the service in both precisions, and each record-at-a-time application in both. */
  Map<String, Double> compare(Contest contest, ImageSet images, Service service)
      throws IOException, InterruptedException {
    String chosen = contest.limit.precision();
    Set<String> precisions = new LinkedHashSet<>(List.of(F32, chosen));
    Map<String, List<Double>> runs = new LinkedHashMap<>();
    List<Double> limits = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      limits.add(contest.limit.now(images));
      for (String precision : precisions) {
        double rate = service.run(contest.version, precision).imagesPerSecond();
        runs.computeIfAbsent(precision, of -> new ArrayList<>()).add(rate);
      }
    }
    List<Double> own = runs.getOrDefault(chosen, List.of());
    report.add(
        BenchRow.inTurn(
            contest.name,
            "Osteon in %s, at least once ÷ limit".formatted(chosen),
            UNIT,
            own,
            limits));
    List<Double> alike = runs.getOrDefault(F32, List.of());
    if (!chosen.equals(F32)) {
      report.add(
          BenchRow.inTurn(
              contest.name,
              "what the choice of the graph brings: Osteon in %s ÷ in f32".formatted(chosen),
              UNIT,
              own,
              alike));
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    for (String precision : precisions) {
      double osteon = median(runs.getOrDefault(precision, List.of()));
      medians.put(precision, osteon);
      for (int threads : contest.threads) {
        String name = "mapValues with DJL, %d threads".formatted(threads);
        add(contest, name, precision, osteon, plain(contest, images, precision, threads));
      }
    }
    return medians;
  }

  /**
   * A Python consumer too, where there is what it needs.
   *
   * @param osteon images a second of the service by precision
   * @param batches images in a call, one run each
   */
  void python(Contest contest, ImageSet images, Map<String, Double> osteon, int... batches)
      throws IOException, InterruptedException {
    PythonConsumer python = new PythonConsumer(folder);
    Optional<String> missing = python.missing();
    if (missing.isPresent()) {
      report.note(missing.get());
      return;
    }
    int all = Runtime.getRuntime().availableProcessors();
    for (Map.Entry<String, Double> own : osteon.entrySet()) {
      for (int batch : batches) {
        // Whole batches: the last would wait for what never comes.
        int whole = contest.events / batch * batch;
        // PyTorch takes all CPUs for a call; beside a busy broker its threads wait for each other.
        for (int threads : new int[] {1, all}) {
          Settings settings = filled(images, whole);
          Path graph = contest.version.variant(own.getKey());
          double rate =
              python.imagesPerSecond(settings, contest.version, graph, batch, threads, whole);
          String name =
              "Python, Pillow and PyTorch, batch %d, %d threads".formatted(batch, threads);
          add(contest, name, own.getKey(), own.getValue(), rate);
        }
      }
    }
  }

  private void add(Contest contest, String name, String precision, double osteon, double rate) {
    String row = "%s, %s; Osteon in %s ÷ it".formatted(name, precision, precision);
    report.add(BenchRow.of(contest.name, row, UNIT, rate).withRatio(osteon / rate));
  }

  /** A record at a time. */
  private double plain(Contest contest, ImageSet images, String precision, int threads)
      throws IOException, InterruptedException {
    Settings own = filled(images, contest.events);
    RateMeter meter = new RateMeter(contest.events);
    EventSerdes serdes = new EventSerdes(Registry.connect(own), own);
    try (PlainStreams streams =
        new PlainStreams(
            own,
            serdes,
            new PlainStreams.Graph(contest.version, precision),
            threads,
            meter,
            folder.resolve("plain"))) {
      streams.start();
      return meter.imagesPerSecond(ServiceRun.PATIENCE);
    }
  }

  private Settings filled(ImageSet images, int events) {
    Settings own = topics.get();
    Backlog.fill(own, Workbench.PARTITIONS, images, events);
    return own;
  }

  private static double median(List<Double> values) {
    return BenchRow.of("", "", UNIT, values.stream().mapToDouble(each -> each).toArray()).median();
  }
}
