package org.osteon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osteon.batch.PipelineListener;
import org.osteon.config.Settings;
import org.osteon.demo.EmbeddedBroker;
import org.osteon.demo.Folders;
import org.osteon.demo.RegistryProcess;
import org.osteon.demo.SyntheticRadiographs;
import org.osteon.demo.SyntheticRadiographs.Kind;
import org.osteon.event.ClassificationResult;
import org.osteon.event.EventSerdes;
import org.osteon.event.RecordSizes;
import org.osteon.event.Registry;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageDecoders;
import org.osteon.image.ImageLimits;
import org.osteon.model.Cpus;
import org.osteon.model.DjlModel;
import org.osteon.model.ModelVersion;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.topology.CommitBarrier;
import org.osteon.topology.TopologyListener;

/**
 * One run, one machine, one table: the limit of the machine, the service from a backlog through a
 * real broker, and a plain Kafka Streams application on the same images and weights.
 */
public final class Bench {
  private static final int PARTITIONS = 12;
  private static final int BATCH = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path modelFolder;
  private final int events;
  private final PrintStream out;
  private final List<byte[]> images = new ArrayList<>();

  /**
   * @param modelFolder folder of a model version
   * @param events events of each run
   */
  public Bench(Path modelFolder, int events, PrintStream out) {
    this.modelFolder = modelFolder;
    this.events = events;
    this.out = out;
    for (int i = 0; i < 60; i++) {
      images.add(SyntheticRadiographs.draw(500_000 + i, Kind.values()[i % 3]).jpeg());
    }
  }

  public void run() throws IOException, InterruptedException {
    int cpus = Runtime.getRuntime().availableProcessors();
    ImageDecoder decoder = ImageDecoders.standard(new ImageLimits(1 << 26, 1 << 28));
    DjlModel.configureEngine(Cpus.share(false, 0, 0));
    Path state = Files.createTempDirectory("osteon-bench-");
    try (DjlModel model = DjlModel.load(ModelVersion.read(modelFolder), "cpu", "f32");
        EmbeddedBroker broker =
            EmbeddedBroker.start(RecordSizes.forImagesOf(32L << 20).deadLetter());
        RegistryProcess registry = RegistryProcess.launch()) {
      StageTimes times = StageTimes.measure(images, decoder, model, BATCH);
      double limit = cpus * 1e6 / (times.decodeMicros() + times.inferenceMicros());
      out.printf(
          "model %s on cpu, %d CPUs, %d events of %d kB, %d partitions; broker in this process%n%n",
          model.version().label(), cpus, events, kilobytes(), PARTITIONS);
      out.printf("| what | images/s | ÷ limit |%n| --- | --- | --- |%n");
      out.printf(
          "| decode, one thread: %.0f µs | %.0f | |%n",
          times.decodeMicros(), 1e6 / times.decodeMicros());
      out.printf(
          "| inference, one thread, batch %d: %.0f µs | %.0f | |%n",
          BATCH, times.inferenceMicros(), 1e6 / times.inferenceMicros());
      row("limit: CPUs ÷ (decode + inference)", limit, limit);
      for (String guarantee : List.of("at_least_once", "exactly_once_v2")) {
        Settings settings =
            Backlog.settings(
                broker.bootstrapServers(),
                registry.url(),
                Map.of("processing.guarantee", guarantee, "model.path", modelFolder.toString()));
        row("Osteon, " + guarantee, service(settings), limit);
      }
      Settings plain = Backlog.settings(broker.bootstrapServers(), registry.url(), Map.of());
      row("plain mapValues, at_least_once", plain(plain, model, decoder, state), limit);
    } finally {
      Folders.remove(state);
    }
  }

  private double service(Settings settings) throws IOException, InterruptedException {
    Backlog.fill(settings, PARTITIONS, images, events);
    RateMeter meter = new RateMeter(events);
    TopologyListener counting =
        new TopologyListener() {
          @Override
          public void forwarded(ClassificationResult result) {
            meter.count();
          }
        };
    Hooks hooks =
        new Hooks(PipelineListener.NONE, counting, CommitBarrier::new, new KafkaClients());
    try (OsteonService service = OsteonService.start(settings, hooks)) {
      return meter.imagesPerSecond(PATIENCE);
    }
  }

  private double plain(Settings settings, DjlModel model, ImageDecoder decoder, Path state)
      throws InterruptedException {
    Backlog.fill(settings, PARTITIONS, images, events);
    RateMeter meter = new RateMeter(events);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    try (PlainStreams streams = new PlainStreams(settings, serdes, model, decoder, meter, state)) {
      streams.start();
      return meter.imagesPerSecond(PATIENCE);
    }
  }

  private void row(String what, double rate, double limit) {
    out.printf("| %s | %.0f | %.2f |%n", what, rate, rate / limit);
  }

  private long kilobytes() {
    return Math.round(images.stream().mapToInt(image -> image.length).average().orElse(0) / 1000);
  }
}
