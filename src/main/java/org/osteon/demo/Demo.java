package org.osteon.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.event.RecordSizes;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.process.ProcessStatus;
import org.osteon.sandbox.EmbeddedBroker;
import org.osteon.sandbox.Folders;
import org.osteon.sandbox.RegistryProcess;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;

/**
 * Everything on one machine, nothing else running: a broker in this process, a real registry beside
 * it, the service, samples going in and results coming out.
 *
 * <p><b>Threading.</b> One thread publishes and another reads; this one waits.
 */
public final class Demo {
  private static final int PARTITIONS = 6;

  /** Where no count is given: drawn ones have no end, and a folder may be large. */
  private static final int MOST = 10_000;

  private static final int DRAWN = 200;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /**
   * What to run.
   *
   * @param folder images to publish, or null for drawn ones
   * @param split of the folder's data set whose images are published; null for all of them
   * @param count events, or 0 for each image of the folder once (drawn ones: 200)
   * @param afterwards whether it stays up until interrupted
   * @param model folder of a model version
   * @param seed of the drawn images
   * @param flags further settings of the service
   */
  public record Options(
      @Nullable Path folder,
      @Nullable String split,
      int count,
      Afterwards afterwards,
      Path model,
      long seed,
      Map<String, String> flags) {}

  private final Options options;
  private final PrintStream out;
  private final boolean terminal;
  private @Nullable Tally tally;

  public Demo(Options options, PrintStream out, boolean terminal) {
    this.options = options;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Runs it.
   *
   * @return whether each event has its result or dead letter
   */
  public boolean run() throws IOException, InterruptedException {
    SampleImages images =
        options.folder == null
            ? SampleImages.drawn(options.seed)
            : SampleImages.of(options.folder, options.split);
    int count =
        options.count > 0
            ? options.count
            : images.size() == Integer.MAX_VALUE ? DRAWN : Math.min(images.size(), MOST);
    out.println(
        "Starting a broker, a schema registry and the service; nothing leaves this machine.");
    try (StopRequest stop = StopRequest.watch()) {
      Path state = Files.createTempDirectory("osteon-demo-");
      try {
        return run(images, count, state, stop);
      } finally {
        Folders.remove(state);
      }
    }
  }

  private boolean run(SampleImages images, int count, Path state, StopRequest stop)
      throws IOException, InterruptedException {
    DemoSettings own = new DemoSettings(options, state);
    Settings defaults = own.nowhere();
    int largest = RecordSizes.forImagesOf(defaults.get(ImageKeys.IMAGE_MAX_BYTES)).deadLetter();
    try (EmbeddedBroker broker = EmbeddedBroker.start(largest);
        RegistryProcess registry = RegistryProcess.launch()) {
      Settings settings = own.at(broker.bootstrapServers(), registry.url());
      try (Admin admin = Admin.create(settings.kafkaClient())) {
        new TopicSetup(admin, Registry.connect(settings), settings).run(PARTITIONS, 1, false);
      }
      try (OsteonService service = OsteonService.start(settings, Hooks.none());
          DemoConsole console = console(settings, service, state)) {
        stop.then(service::stop);
        boolean complete = publishAndShow(settings, service, images, count, stop);
        if (console != null) {
          console.publishWhatIsNoImage();
        }
        if (options.afterwards != Afterwards.END) {
          printAddresses(settings, service, console);
          service.awaitStop();
        }
        return complete;
      }
    }
  }

  private @Nullable DemoConsole console(Settings settings, OsteonService service, Path state)
      throws IOException {
    if (options.afterwards != Afterwards.CONSOLE) {
      return null;
    }
    DemoConsole console = new DemoConsole(settings, options.model, state, service.metricsPort());
    out.printf("Console: %s  token to act: %s%n", console.address(), console.token());
    return console;
  }

  /** What people received, once it has run. */
  Received received() {
    return Objects.requireNonNull(tally, "It has not run.").received();
  }

  private boolean publishAndShow(
      Settings settings, OsteonService service, SampleImages images, int count, StopRequest stop)
      throws InterruptedException {
    out.printf(
        "Model %s on %s, %s. %d events%s.%n%n",
        service.modelLabel(),
        service.device(),
        settings.get(KafkaKeys.PROCESSING_GUARANTEE),
        count,
        options.folder == null
            ? ", all of them synthetic radiographs drawn by this program (seed %d)"
                .formatted(options.seed)
            : " from " + options.folder);
    DemoSettings.alertsFrom(options)
        .ifPresent(
            threshold ->
                out.printf(
                    "It names no alert thresholds; this demo alerts from %s on.%n%n", threshold));
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    Tally tally = new Tally();
    this.tally = tally;
    LiveTable table = new LiveTable(out, terminal, count);
    String run = UUID.randomUUID().toString().substring(0, 8);
    try (SamplePublisher publisher = new SamplePublisher(settings, run);
        Outcomes outcomes = new Outcomes(settings, serdes)) {
      boolean unhurried = options.afterwards == Afterwards.CONSOLE;
      Thread publishing = new Publishing(publisher, images, tally).start(count, unhurried);
      table.header();
      BooleanSupplier working = () -> service.health().fatal().isEmpty() && !stop.asked();
      show(outcomes, table, tally, count, working);
      if (!working.getAsBoolean()) {
        publishing.interrupt();
      }
      publishing.join(1000);
    }
    table.clearBar();
    out.println();
    service.health().fatal().ifPresent(why -> out.printf("The service stopped: %s%n", why));
    tally.summary().forEach(out::println);
    out.printf("memory        %s resident at most%n", peakMemory());
    out.println("For research use only; never for clinical decisions.");
    return tally.complete() && tally.done() == count;
  }

  private void show(
      Outcomes outcomes, LiveTable table, Tally tally, int count, BooleanSupplier working) {
    long progress = System.nanoTime();
    while (tally.done() < count && working.getAsBoolean()) {
      int before = tally.done();
      outcomes.poll(
          result -> table.row(result, tally.result(result)),
          letter -> {
            tally.deadLetter(letter);
            table.row(letter);
          },
          alert -> {
            tally.alert(alert);
            table.row(alert);
          });
      table.bar(tally.done());
      long now = System.nanoTime();
      progress = tally.done() > before ? now : progress;
      if (now - progress > PATIENCE.toNanos()) {
        out.printf("%nNothing has come for %d s; giving up.%n", PATIENCE.toSeconds());
        return;
      }
    }
    // An alert becomes visible a moment after its result: they lie in different partitions.
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!tally.alertsAreComplete() && System.nanoTime() < end && working.getAsBoolean()) {
      outcomes.poll(result -> {}, letter -> {}, tally::alert);
    }
  }

  private void printAddresses(
      Settings settings, OsteonService service, @Nullable DemoConsole console) {
    out.printf("%nStill running; end it with Ctrl-C.%n");
    out.printf("  Kafka            %s%n", settings.get(KafkaKeys.BOOTSTRAP_SERVERS));
    out.printf("  schema registry  %s%n", settings.get(KafkaKeys.SCHEMA_REGISTRY_URL));
    out.printf("  metrics, health  http://localhost:%d/metrics /readyz%n", service.httpPort());
    if (console != null) {
      out.printf("  console          %s with the token %s%n", console.address(), console.token());
    }
    out.flush();
  }

  private static String peakMemory() {
    OptionalLong bytes = ProcessStatus.peakResident();
    return bytes.isPresent() ? (bytes.getAsLong() >> 20) + " MB" : "unknown";
  }
}
