package org.osteon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osteon.batch.PipelineListener;
import org.osteon.bench.flame.FlameFigure;
import org.osteon.bench.flame.FlameRecording;
import org.osteon.bench.flame.FlameStacks;
import org.osteon.bench.peer.UntrainedVersion;
import org.osteon.config.ImageKeys;
import org.osteon.config.Settings;
import org.osteon.event.RecordSizes;
import org.osteon.model.Cpus;
import org.osteon.model.DjlModel;
import org.osteon.model.ModelVersion;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.sandbox.Folders;
import org.osteon.sandbox.RegistryProcess;

/**
 * One run, one machine, one table: the limit of the machine, the service through a real broker, and
 * what people would use instead, on the same images and the same weights.
 */
public final class Bench {
  static final int PARTITIONS = 12;
  private static final int BATCH = 16;

  private static final int ISOLATION_SECONDS = 4;
  private static final double DELAY_MILLIS = 20;
  private static final int RESNET_SIDE = 224;

  /** Of work at the limit, in each run with large images. */
  private static final int LARGE_SECONDS = 8;

  static final String ALO = "at_least_once";
  static final String EOS = "exactly_once_v2";

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
    DjlModel.configureEngine(Cpus.share(false, 0, 0));
    Path folder = Files.createTempDirectory("osteon-bench-");
    ImageSet small = settings.images() == null ? ImageSet.small() : ImageSet.of(settings.images());
    List<ImageSet> large =
        settings.images() == null ? List.of(ImageSet.largeJpeg(), ImageSet.largePng()) : List.of();
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
        Limit limit = Limit.of(version, precision(), BATCH)) {
      Servers servers = new Servers(broker.bootstrapServers(), registry.url(), broker.pid());
      report.fact("precision", limit.precision());
      measure(servers, limit, small, large, folder);
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

  private void measure(
      Servers servers, Limit limit, ImageSet small, List<ImageSet> large, Path folder)
      throws IOException, InterruptedException {
    if (wants(BenchPart.ISOLATION)) {
      isolation(limit, small);
      for (ImageSet each : large) {
        isolation(limit, each);
      }
    }
    if (wants(BenchPart.DEVICE)) {
      feeding(servers, limit, small);
    }
    if (Set.of(BenchPart.ISOLATION, BenchPart.DEVICE).containsAll(settings.parts())) {
      return;
    }
    double rate = backlog(servers, limit, small);
    if (wants(BenchPart.SWEEP)) {
      sweep(servers, small);
    }
    if (wants(BenchPart.LARGE)) {
      large(servers, limit, large);
    }
    if (wants(BenchPart.PEERS)) {
      peers(servers, limit, small, folder);
    }
    if (wants(BenchPart.LATENCY)) {
      double batchMillis = BATCH * limit.times(small).inferenceMicros() / 1e3;
      Latencies latencies =
          new Latencies(
              guarantee -> servers.settings(configured(guarantee)), small, PARTITIONS, rate);
      latencies
          .measure(settings.repeats(), settings.seconds(), DELAY_MILLIS + 3 * batchMillis)
          .forEach(report::add);
    }
    if (wants(BenchPart.GROWTH)) {
      growth(servers, small);
    }
    if (wants(BenchPart.START)) {
      start(servers, small, folder);
    }
    if (wants(BenchPart.MEMORY) && !large.isEmpty()) {
      memory(servers, large.get(0), folder);
    }
  }

  /** What it costs to decode in other processes: both ways in turn, from memory. */
  private void isolation(Limit limit, ImageSet images) throws IOException, InterruptedException {
    List<Double> here = new ArrayList<>();
    List<Double> apart = new ArrayList<>();
    int events = Math.max(200, (int) (ISOLATION_SECONDS * limit.now(images)));
    limit.isolated(images, events);
    for (int i = 0; i < settings.repeats(); i++) {
      here.add(limit.fromMemory(images, events));
      apart.add(limit.isolated(images, events));
    }
    String name = "%s of %.0f kB, processes ÷ here".formatted(images.name(), images.kilobytes());
    report.add(
        BenchRow.inTurn("decoding in processes", name, "images/s", apart, here).atLeast(0.95));
  }

  /** With a device that only takes time, of images as they are and of smaller ones. */
  private void feeding(Servers servers, Limit limit, ImageSet small)
      throws IOException, InterruptedException {
    Feeding feeding =
        new Feeding(
            limit,
            (images, device, events) -> {
              Map<String, String> values = configured(ALO);
              values.putAll(Feeding.settings());
              return servers.run(servers.settings(values), images, events, device);
            },
            settings.seconds());
    List<ImageSet> fed =
        settings.images() == null ? List.of(small, ImageSet.smaller()) : List.of(small);
    for (ImageSet each : fed) {
      feeding.measure(each, settings.repeats(), report::add);
    }
  }

  /** The variant that the service runs, so that it is compared with its own limit. */
  private String precision() {
    return settings.service().getOrDefault("inference.precision", "auto");
  }

  private boolean wants(BenchPart part) {
    return settings.parts().contains(part);
  }

  private record Servers(String broker, String registry, long brokerPid) {
    Settings settings(Map<String, String> more) {
      return Backlog.settings(broker, registry, more);
    }

    ServiceRun run(Settings own, int partitions, ImageSet images, int events)
        throws IOException, InterruptedException {
      Map<String, Long> others = Map.of("the broker", brokerPid);
      return ServiceRun.of(
          own, partitions, images, events, PipelineListener.NONE, model -> model, others);
    }

    ServiceRun run(Settings own, ImageSet images, int events, SimulatedDevice device)
        throws IOException, InterruptedException {
      return ServiceRun.of(
          own,
          PARTITIONS,
          images,
          events,
          PipelineListener.NONE,
          model -> device.predictors(),
          Map.of("the broker", brokerPid));
    }
  }

  /** The at-least-once rate at twelve partitions, with which everything else is compared. */
  private double backlog(Servers servers, Limit limit, ImageSet small)
      throws IOException, InterruptedException {
    String group = "Osteon from a backlog, " + small.name();
    List<ServiceRun> warming =
        WarmUp.with(
            n -> run(servers, small, n % 2 == 0 ? ALO : EOS, PARTITIONS),
            Duration.ofSeconds(settings.warmSeconds()));
    report.add(
        row("the first minutes of a process", "at least and exactly once in turn", warming)
            .over(limit.now(small)));
    double[] compiling = warming.stream().mapToDouble(WarmUp::compiling).toArray();
    report.add(
        BenchRow.of("the first minutes of a process", "compilers, an image", "µs", compiling));
    List<Case> cases = new ArrayList<>(List.of(new Case(ALO, PARTITIONS, new ArrayList<>())));
    if (wants(BenchPart.BACKLOG)) {
      cases.add(new Case(ALO, 4, new ArrayList<>()));
      cases.add(new Case(ALO, 1, new ArrayList<>()));
      cases.add(new Case(EOS, PARTITIONS, new ArrayList<>()));
    }
    // In turn, so that what drifts drifts for all.
    LimitRounds limits = new LimitRounds(limit, small);
    for (int i = 0; i < settings.repeats(); i++) {
      limits.next();
      for (Case each : cases) {
        each.runs.add(run(servers, small, each.guarantee, each.partitions));
      }
    }
    Case base = cases.get(0);
    limits.rows().forEach(report::add);
    report.add(inTurn(group, base.name(), base.runs, limits.limits()).atLeast(0.90));
    for (Case each : cases.subList(1, cases.size())) {
      report.add(inTurn(group, each.name(), each.runs, rates(base.runs)).atLeast(0.95));
    }
    for (Case each : cases) {
      if (each.partitions == PARTITIONS) {
        costs("CPU of an image, " + each.guarantee, each.runs.get(each.runs.size() - 1));
      }
    }
    return row(group, base.name(), base.runs).median();
  }

  /** What is repeated in turn with others. */
  private record Case(String guarantee, int partitions, List<ServiceRun> runs) {
    String name() {
      boolean base = guarantee.equals(ALO) && partitions == PARTITIONS;
      return "%s, %d partitions ÷ %s"
          .formatted(guarantee, partitions, base ? "limit" : ALO + ", " + PARTITIONS);
    }
  }

  private ServiceRun run(Servers servers, ImageSet images, String guarantee, int partitions)
      throws IOException, InterruptedException {
    Settings own = servers.settings(configured(guarantee));
    return servers.run(own, partitions, images, settings.events());
  }

  private void costs(String group, ServiceRun run) {
    run.costs().micros().forEach((name, each) -> report.add(BenchRow.of(group, name, "µs", each)));
    // Whoever else has the machine slows all of it down, and changes no share of it.
    report.add(
        BenchRow.of(group, "decode and inference ÷ all CPUs' time", "µs", run.costs().useful())
            .over(Runtime.getRuntime().availableProcessors() * 1e6 / run.imagesPerSecond()));
  }

  private void sweep(Servers servers, ImageSet small) throws IOException, InterruptedException {
    for (Sweep.Setting each : Sweep.settings()) {
      Map<String, String> values = configured(ALO);
      values.put("batch.max.size", Integer.toString(each.batch()));
      values.put("batch.max.delay.ms", Integer.toString(each.delayMillis()));
      Settings own = servers.settings(values);
      ServiceRun run = servers.run(own, PARTITIONS, small, settings.events() / 2);
      report.add(row(Sweep.GROUP, each.label(), List.of(run)));
    }
  }

  private void large(Servers servers, Limit limit, List<ImageSet> images)
      throws IOException, InterruptedException {
    Map<ImageSet, List<ServiceRun>> runs = new LinkedHashMap<>();
    Map<ImageSet, LimitRounds> limits = new LinkedHashMap<>();
    for (int i = 0; i < settings.repeats(); i++) {
      for (ImageSet each : images) {
        double now = limits.computeIfAbsent(each, of -> new LimitRounds(limit, of)).next();
        int events = (int) (LARGE_SECONDS * now);
        ServiceRun run = servers.run(servers.settings(configured(ALO)), PARTITIONS, each, events);
        runs.computeIfAbsent(each, of -> new ArrayList<>()).add(run);
      }
    }
    limits.values().forEach(each -> each.rows().forEach(report::add));
    String group = "Osteon from a backlog, large images";
    limits.forEach(
        (each, beside) -> {
          List<ServiceRun> own = runs.getOrDefault(each, List.of());
          report.add(inTurn(group, each.name(), own, beside.limits()).atLeast(0.85));
        });
    runs.forEach((each, own) -> costs("CPU of an image, " + each.name(), own.get(own.size() - 1)));
    if (settings.flame() != null) {
      flame(servers, limit, images.get(0), settings.flame());
    }
  }

  /** A run that counts nowhere: the JVM compiles much anew while it is recorded. */
  private void flame(Servers servers, Limit limit, ImageSet images, Path file)
      throws IOException, InterruptedException {
    Settings own = servers.settings(configured(ALO));
    int events = (int) (LARGE_SECONDS * limit.now(images));
    try (FlameRecording recording = FlameRecording.start()) {
      ServiceRun run = servers.run(own, PARTITIONS, images, events);
      FlameStacks stacks =
          FlameStacks.of(recording.stacks(run.from(), run.to()), run.costs().micros());
      String title =
          "CPU time of one %s from a backlog, %s".formatted(images.name(), version.label());
      FlameFigure.write(stacks, title, file);
    }
  }

  private static BenchRow row(String group, String name, List<ServiceRun> runs) {
    double[] rates = runs.stream().mapToDouble(ServiceRun::imagesPerSecond).toArray();
    return BenchRow.of(group, name, "images/s", rates);
  }

  private static BenchRow inTurn(
      String group, String name, List<ServiceRun> runs, List<Double> others) {
    return BenchRow.inTurn(group, name, "images/s", rates(runs), others);
  }

  private static List<Double> rates(List<ServiceRun> runs) {
    return runs.stream().map(ServiceRun::imagesPerSecond).toList();
  }

  private Map<String, String> configured(String guarantee) {
    Map<String, String> values = new HashMap<>(settings.service());
    values.put("processing.guarantee", guarantee);
    values.put("model.path", settings.model().toString());
    return values;
  }

  private void peers(Servers servers, Limit limit, ImageSet small, Path folder)
      throws IOException, InterruptedException {
    Peers peers = new Peers(() -> servers.settings(Map.of()), folder, report, settings.repeats());
    int events = Math.max(200, settings.events() / 5);
    Peers.Contest shipped =
        new Peers.Contest(
            "the same graph: peers of Osteon", version, limit, new int[] {1, 2, 4, 8}, events);
    Map<String, Double> rates =
        peers.compare(shipped, small, service(servers, small, settings.events() / 2));
    peers.python(shipped, small, rates, 1, BATCH);
    // The same with a network that more people know, and that costs more.
    Optional<ModelVersion> made = UntrainedVersion.write("resnet18", RESNET_SIDE, folder);
    if (made.isEmpty()) {
      report.note("ResNet-18 was not measured: training/train needs PyTorch (training/install).");
      return;
    }
    events = Math.max(200, settings.events() / 8);
    try (Limit of = Limit.of(made.get(), precision(), BATCH)) {
      peers.compare(
          new Peers.Contest(
              "the same graph: ResNet-18 at 224 × 224",
              made.get(),
              of,
              new int[] {1, 2, 4},
              events),
          small,
          service(servers, small, events));
    }
  }

  private Peers.Service service(Servers servers, ImageSet images, int events) {
    return (of, precision) -> {
      Map<String, String> values = configured(ALO);
      values.put("model.path", of.folder().toString());
      values.put("inference.precision", precision);
      return servers.run(servers.settings(values), PARTITIONS, images, events);
    };
  }

  private void growth(Servers servers, ImageSet small) throws IOException, InterruptedException {
    int most = settings.growth().stream().max(Integer::compare).orElse(0);
    Map<Integer, List<ServiceRun>> runs = new LinkedHashMap<>();
    for (int i = 0; i < settings.repeats(); i++) {
      for (int events : settings.growth()) {
        // A run of seconds says little; one of minutes says enough, and takes them.
        if (i == 0 || events < most) {
          Settings own = servers.settings(configured(ALO));
          ServiceRun run = servers.run(own, PARTITIONS, small, events);
          runs.computeIfAbsent(events, of -> new ArrayList<>()).add(run);
        }
      }
    }
    double first = 0;
    for (Map.Entry<Integer, List<ServiceRun>> each : runs.entrySet()) {
      double[] values = rates(each.getValue()).stream().mapToDouble(rate -> 1e6 / rate).toArray();
      BenchRow row = BenchRow.of("cost of an image", each.getKey() + " events", "µs", values);
      boolean base = first == 0;
      first = base ? row.median() : first;
      report.add(base ? row.over(first) : row.over(first).atMost(1.05));
    }
    runs.forEach(
        (events, own) -> costs("CPU of an image, " + events + " events", own.get(own.size() - 1)));
  }

  private void start(Servers servers, ImageSet small, Path folder) throws IOException {
    double[] ready = new double[settings.repeats()];
    for (int i = 0; i < ready.length; i++) {
      // A group of its own: the group of one that was killed waits for it first.
      Settings own = servers.settings(configured(EOS));
      Backlog.fill(own, PARTITIONS, small, 1);
      try (ServeProcess serve = ServeProcess.start(own, folder)) {
        ready[i] = serve.secondsToReady();
      }
    }
    report.add(BenchRow.of("start", "process to ready", "s", ready).atMost(6));
    Settings fresh = servers.settings(configured(EOS));
    Backlog.fill(fresh, PARTITIONS, small, 1);
    try (ServeProcess serve = ServeProcess.start(fresh, folder);
        ResultCounter results = new ResultCounter(fresh)) {
      results.await(1);
      report.add(BenchRow.of("start", "process to first result", "s", serve.secondsSinceStart()));
    }
  }

  private void memory(Servers servers, ImageSet images, Path folder) throws IOException {
    for (int events : new int[] {settings.waiting() / 10, settings.waiting()}) {
      Settings own = servers.settings(configured(ALO));
      Backlog.fill(own, PARTITIONS, images, events);
      try (ServeProcess serve = ServeProcess.start(own, folder);
          ResultCounter results = new ResultCounter(own)) {
        results.await(events);
        String name = "peak resident, %d × %s waiting".formatted(events, images.name());
        report.add(
            BenchRow.of("memory, heap 512 MB", name, "MB", serve.peakResidentMb())
                .atMost(own.get(ImageKeys.MEMORY_BUDGET_MB) / (1 << 20) + 900.0));
      }
    }
  }
}
