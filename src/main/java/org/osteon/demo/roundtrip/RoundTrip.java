package org.osteon.demo.roundtrip;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.osteon.client.OperationFailedException;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.event.DeploymentMode;
import org.osteon.event.FallTest;
import org.osteon.event.ModelDeployment;
import org.osteon.event.RecordSizes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.metrics.MetricsClient;
import org.osteon.metrics.MetricsText;
import org.osteon.model.ModelVersion;
import org.osteon.report.SecondReading;
import org.osteon.sandbox.EmbeddedBroker;
import org.osteon.sandbox.Folders;
import org.osteon.sandbox.RegistryProcess;
import org.osteon.teaching.Choice;
import org.osteon.teaching.TeachingExport;

/**
 * A version meets a detector that it does not know; truths tell that it has fallen; its missed,
 * misread and doubted cases teach the next version, which runs beside it as a shadow, then answers
 * a share of the studies as a canary, and is promoted by itself.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class RoundTrip {
  private static final int PARTITIONS = 2;
  private static final int DRAWN = 120;
  private static final int REMINDERS = 60;
  private static final int BEFORE = 120;
  private static final int CHANGED = 400;
  private static final int SHADOWED = 60;
  private static final int AFTER = 200;
  private static final double CANARY_SHARE = 0.3;
  private static final int CANARY_STEP = 40;

  /** Patients of the new room while a canary runs; three of ten are the canary's. */
  private static final int MOST_CANARY = 400;

  /** Far from the seeds of training and of the other demo. */
  private static final long SEED = 500_000;

  private final Path home;
  private final Path work;
  private final PrintStream out;
  private final long began = System.nanoTime();

  /**
   * @param home the installation, with {@code training/}
   * @param work a folder for arrays, versions and cases; a first version that is there is taken
   */
  public RoundTrip(Path home, Path work, PrintStream out) {
    this.home = home;
    this.work = work.toAbsolutePath();
    this.out = out;
  }

  /**
   * Runs it, in two minutes of training and a minute of the rest on two idle cores.
   *
   * @return whether the next version is worth more in the new room than the first one was
   */
  public boolean run() throws IOException, InterruptedException {
    Files.createDirectories(work);
    for (String again : new String[] {"cases", "arrays-2", "run-2", "models/osteon-round/2"}) {
      Folders.remove(work.resolve(again));
    }
    say("Training version 1 on %d drawn radiographs of room 1", 3 * DRAWN);
    Trainer trainer = new Trainer(home, work);
    Path first = trainer.first(DRAWN);
    Path state = Files.createTempDirectory("osteon-round-trip-");
    try {
      return run(trainer, ModelVersion.read(first), state);
    } finally {
      Folders.remove(state);
    }
  }

  private boolean run(Trainer trainer, ModelVersion first, Path state)
      throws IOException, InterruptedException {
    Settings defaults = Settings.of(Map.of("bootstrap.servers", "localhost:1"));
    int largest = RecordSizes.forImagesOf(defaults.get(ImageKeys.IMAGE_MAX_BYTES)).deadLetter();
    try (EmbeddedBroker broker = EmbeddedBroker.start(largest);
        RegistryProcess registry = RegistryProcess.launch()) {
      Settings settings =
          ClinicSettings.of(broker.bootstrapServers(), registry.url(), state, first.folder());
      try (Admin admin = Admin.create(settings.kafkaClient())) {
        new TopicSetup(admin, Registry.connect(settings), settings).run(PARTITIONS, 1, false);
      }
      try (Clinic clinic = new Clinic(settings)) {
        return run(trainer, clinic, settings, first);
      }
    }
  }

  private boolean run(Trainer trainer, Clinic clinic, Settings settings, ModelVersion first)
      throws IOException, InterruptedException {
    String one = first.manifest().version();
    say("%d patients in room 1, and what was found", BEFORE);
    clinic.examine(Room.OLD, SEED, BEFORE, one);
    quiet(settings, one);
    Instant changed = Instant.now();
    say("Room 2 opens with a new detector: %d patients, and what was found", CHANGED);
    clinic.examine(Room.NEW, SEED + 10_000, CHANGED, one);
    clinic.await("an alarm", () -> Figures.read(settings).alarm(one, Room.NEW).isPresent());
    FallTest alarm = Figures.read(settings).alarm(one, Room.NEW).orElseThrow();
    say(
        "ALARM: %s in room-2 is %s since %s; expected %.2f",
        alarm.getMeasure().name().toLowerCase(Locale.ROOT),
        Figures.words(alarm.getSeen()),
        alarm.getSince(),
        alarm.getExpected());
    Path alarmed = Files.writeString(work.resolve("alarm.html"), Figures.read(settings).page());
    say("What a department would print: %s", alarmed);
    Path cases = work.resolve("cases");
    TeachingExport.Summary exported =
        new TeachingExport(settings, what -> (done, total) -> {})
            .write(
                cases,
                new TeachingExport.Order(
                    changed, Instant.now(), null, new Choice.Limits(CHANGED, 4, false), false));
    say("Exported %s to learn from, %d to measure by", exported.exported(), exported.measuring());
    Path folder = trainer.next(cases, REMINDERS);
    ModelVersion next = ModelVersion.read(folder);
    String two = next.manifest().version();
    say("Trained version %s from version %s on them", two, one);
    shadow(clinic, next, one);
    canary(clinic, next, one);
    clinic.await("version " + two, () -> clinic.service().modelLabel().equals(next.label()));
    clinic.examine(Room.NEW, SEED + 30_000, AFTER, two);
    clinic.examine(Room.OLD, SEED + 40_000, BEFORE, two);
    Figures figures = Figures.read(settings);
    Files.writeString(work.resolve("after.html"), figures.page());
    return conclude(figures, one, two);
  }

  /** Where the first version is not worth what the alarm expects, the rest would show nothing. */
  private void quiet(Settings settings, String one) throws InterruptedException {
    Figures figures = Figures.read(settings);
    figures
        .alarm(one, Room.OLD)
        .ifPresent(alarm -> say("It alarms in room 1 already: %s", alarm.getMeasure()));
  }

  private void shadow(Clinic clinic, ModelVersion next, String one)
      throws IOException, InterruptedException {
    clinic.deploy(next, DeploymentMode.SHADOW, null);
    // It loads in a process of its own: until then there is no such metric.
    clinic.await("the shadow", () -> !scrape(clinic).of("osteon_shadow_model").isEmpty());
    // A shadow that is behind drops images: a few at a time.
    for (int i = 0; i < SHADOWED; i += 10) {
      clinic.examine(Room.NEW, SEED + 20_000 + i, 10, one);
    }
    clinic.await(
        "what the shadow says", () -> !SecondReading.of(List.of(scrape(clinic))).isEmpty());
    SecondReading reading = SecondReading.of(List.of(scrape(clinic))).get(0);
    say("Beside it as a shadow: %s", reading.summary());
  }

  /**
   * It answers a share of the new room's studies, is held to its limits and to what people found,
   * and is promoted by itself.
   */
  private void canary(Clinic clinic, ModelVersion next, String one) throws InterruptedException {
    String two = next.manifest().version();
    clinic.deploy(next, DeploymentMode.CANARY, CANARY_SHARE);
    say("Version %s answers %.0f %% of the studies, as the canary", two, CANARY_SHARE * 100);
    Optional<ModelDeployment> ended = clinic.canaryEnded();
    for (int i = 0; i < MOST_CANARY && ended.isEmpty(); i += CANARY_STEP) {
      clinic.examine(Room.NEW, SEED + 50_000 + i, CANARY_STEP, one, two);
      ended = clinic.canaryEnded();
    }
    if (ended.isEmpty()) {
      clinic.await("how the canary ends", () -> clinic.canaryEnded().isPresent());
      ended = clinic.canaryEnded();
    }
    ModelDeployment decision = ended.orElseThrow();
    say(
        "The canary is %s: %s",
        decision.getMode().name().toLowerCase(Locale.ROOT), decision.getReason());
    if (decision.getMode() != DeploymentMode.PROMOTED) {
      throw new OperationFailedException("Version " + two + " was not promoted.");
    }
  }

  private static MetricsText scrape(Clinic clinic) throws IOException, InterruptedException {
    return new MetricsClient(Duration.ofSeconds(10), Optional.empty())
        .read(URI.create("http://localhost:" + clinic.service().metricsPort()));
  }

  private boolean conclude(Figures figures, String one, String two) {
    out.printf("%n%-9s %-7s %7s   %-26s %-26s%n", "", "", "studies", "sensitivity", "specificity");
    out.println(figures.row(one, Room.OLD));
    out.println(figures.row(one, Room.NEW));
    out.println(figures.row(two, Room.NEW));
    out.println(figures.row(two, Room.OLD));
    double before = figures.worth(one, Room.NEW);
    double after = figures.worth(two, Room.NEW);
    out.printf(
        Locale.ROOT,
        "%nMean of both in room 2: %.2f before, %.2f after: %s. Drawn radiographs of no one; for research use only.%n",
        before,
        after,
        after > before ? "it ends better than it began" : "NOTHING WAS WON");
    return after > before;
  }

  private void say(String format, Object... values) {
    out.printf(
        Locale.ROOT,
        "%4d s  %s%n",
        (System.nanoTime() - began) / 1_000_000_000L,
        String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
