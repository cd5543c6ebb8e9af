package org.osteon.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.osteon.cli.options.Home;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.output.ProgressLines;
import org.osteon.client.EventWindow;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.TokenFile;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.ModelKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.model.engine.DjlModel;
import org.osteon.report.Period;
import org.osteon.report.Picture;
import org.osteon.report.Pictures;
import org.osteon.report.ReportPage;
import org.osteon.report.SecondReading;
import org.osteon.service.rollout.ModelSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon report}. */
@Command(
    name = "report",
    description =
        "Writes what came out in the last hours as one HTML page, with what was looked at.",
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder for the page.")
  private Path folder;

  @Option(
      names = "--hours",
      defaultValue = "24",
      description = "How far back (default ${DEFAULT-VALUE}).")
  private int hours;

  @Option(
      names = "--images",
      defaultValue = "48",
      description = "Images to show, what raised an alert first (default ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--metrics",
      paramLabel = "URL",
      split = ",",
      description =
          "Replicas, http://HOST:PORT, several separated by commas: what a shadow version said is in their metrics.")
  private List<URI> replicas = List.of();

  @Option(
      names = "--performance",
      description =
          "Writes performance.html instead: what versions are worth here, of the last thirty days.")
  private boolean performance;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (hours < 1 || images < 0) {
      throw new ParameterException(
          spec.commandLine(), "--hours must be at least 1 and --images not negative.");
    }
    Settings settings = options.settings();
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr());
    if (performance) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(PerformanceReport.write(settings, folder, progress));
      out.flush();
      return 0;
    }
    List<SecondReading> shadows =
        SecondReading.of(
            Replicas.scrape(replicas, TokenFile.find(settings, HttpKeys.HTTP_METRICS_TOKEN_FILE)));
    Instant since = Instant.now().minus(Duration.ofHours(hours));
    SchemaRegistryClient registry = Registry.connect(settings);
    Period period = period(settings, new EventSerdes(registry, settings), since, progress);
    List<ClassificationResult> shown = period.worthLooking(images);
    progress.one("models loaded");
    DjlEngine.configure(Cpus.share(false, 1, 1));
    String version = settings.find(ModelKeys.PATH).orElseGet(() -> Home.defaultModel().toString());
    try (ModelSource source = new ModelSource(settings);
        DjlModel model = DjlModel.load(source.at(version), "cpu", "f32")) {
      Map<String, Picture> pictures = pictures(settings, registry, since, shown, model, progress);
      progress.clear();
      Files.createDirectories(folder);
      Path page = folder.resolve("report.html");
      Files.writeString(
          page, ReportPage.of(period, shown, pictures, model.version().label(), shadows));
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%d of %d results with their pictures: %s%n", pictures.size(), shown.size(), page);
      out.flush();
    }
    return 0;
  }

  private Period period(
      Settings settings, EventSerdes serdes, Instant since, ProgressLines progress)
      throws InterruptedException {
    Period period = new Period(since, Instant.now());
    read(
        settings,
        settings.get(TopicKeys.RESULTS),
        since,
        serdes.results().deserializer(),
        period::add,
        progress);
    read(
        settings,
        settings.get(TopicKeys.DEAD_LETTERS),
        since,
        serdes.deadLetters().deserializer(),
        period::add,
        progress);
    read(
        settings,
        settings.get(TopicKeys.ALERTS),
        since,
        serdes.alerts().deserializer(),
        period::add,
        progress);
    return period;
  }

  private <T extends SpecificRecord> void read(
      Settings settings,
      String topic,
      Instant since,
      Deserializer<T> deserializer,
      Consumer<T> each,
      ProgressLines progress)
      throws InterruptedException {
    TopicWindow.values(
        settings,
        topic,
        since,
        deserializer,
        each,
        offset ->
            spec.commandLine().getErr().printf("Cannot read offset %d of %s.%n", offset, topic),
        progress.offsets("offsets of %s read".formatted(topic)));
  }

  /** Events lie before their results: an hour more is read, and one image is held at a time. */
  private Map<String, Picture> pictures(
      Settings settings,
      SchemaRegistryClient registry,
      Instant since,
      List<ClassificationResult> shown,
      DjlModel model,
      ProgressLines progress)
      throws InterruptedException {
    Map<String, ClassificationResult> wanted = new HashMap<>();
    shown.forEach(result -> wanted.put(result.getEventId(), result));
    ImageLimits limits =
        new ImageLimits(
            settings.get(ImageKeys.IMAGE_MAX_BYTES), settings.get(ImageKeys.IMAGE_MAX_PIXELS));
    try (EventWindow events = new EventWindow(settings, registry);
        Pictures pictures =
            new Pictures(wanted, ImageDecoders.standard(limits), events.fetcher(), model)) {
      events.read(
          since.minus(Duration.ofHours(1)),
          pictures::add,
          progress.offsets("offsets looked through for pictures"));
      return pictures.drawn();
    }
  }
}
