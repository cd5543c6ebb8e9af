package org.osteon.bench.state;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.osteon.bench.flame.CpuCosts;
import org.osteon.client.OperationFailedException;
import org.osteon.config.Settings;
import org.osteon.config.keys.EventKeys;
import org.osteon.config.keys.FindingKeys;
import org.osteon.event.EventClasses;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.sandbox.Folders;
import org.osteon.topology.seen.DeduplicationSettings;
import org.osteon.topology.study.StudySettings;

/**
 * What it costs to remember: the service's stores, in the memory that it gives them by itself, fed
 * with a busy day; then they are opened again, with their disk and without it.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class StateBench {
  private static final String EVENTS = "state-events";
  static final int PARTITIONS = 12;
  private static final int MAX_RECORD_BYTES = 1 << 20;
  private static final int TENTHS = 10;
  private static final long LOOK_MILLIS = 200;
  private static final Duration STANDSTILL = Duration.ofMinutes(2);

  private final long studies;
  private final PrintStream out;

  /**
   * @param studies with 4.32 events each
   */
  public StateBench(long studies, PrintStream out) {
    this.studies = studies;
    this.out = out;
  }

  /**
   * Runs it and prints a line for each tenth, and what it came to.
   *
   * @throws OperationFailedException it stands still, or an event that came again was not known
   */
  public void run() throws IOException, InterruptedException {
    EventClasses.trust();
    Path folder = Files.createTempDirectory("osteon-state-");
    try (BrokerProcess broker =
        BrokerProcess.launch(MAX_RECORD_BYTES, List.of("-XX:+UseParallelGC"))) {
      String servers = broker.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
        admin.createTopics(List.of(new NewTopic(EVENTS, PARTITIONS, (short) 1))).all().get();
        remember(servers, broker.pid(), folder);
        long disk = size(folder);
        long logs = changelogs(admin);
        long events = BusyDay.events(studies);
        out.printf(
            "on disk: %d MB of state, %d bytes an event; %d MB of changelogs, %d bytes an event%n",
            disk >> 20, disk / events, logs >> 20, logs / events);
        again(servers, folder, "with its disk");
        Folders.remove(folder);
        again(servers, Files.createDirectories(folder), "without its disk, from its changelogs");
      } catch (ExecutionException e) {
        throw new OperationFailedException("The broker does not do as asked: " + e.getMessage());
      }
    } finally {
      Folders.remove(folder);
    }
  }

  private void remember(String servers, long broker, Path folder)
      throws IOException, InterruptedException {
    long events = BusyDay.events(studies);
    Remembering remembering = remembering();
    try (StateStreams streams = StateStreams.start(servers, folder, remembering.topology(EVENTS));
        StateFeed feed = StateFeed.start(servers, EVENTS, events, remembering.done::get)) {
      Map<String, Long> others = Map.of("the broker", broker);
      for (int tenth = 1; tenth <= TENTHS; tenth++) {
        CpuCosts before = CpuCosts.now(others);
        long cpuBefore = StateStreams.cpuMicros();
        long begun = System.nanoTime();
        long from = remembering.done.get();
        await(streams, remembering, feed, tenth);
        long done = remembering.done.get() - from;
        double seconds = (System.nanoTime() - begun) / 1e9;
        CpuCosts costs = CpuCosts.now(others).perImage(before, (int) done);
        out.printf(
            "%d of %d events: %.0f a second; CPU of an event %d µs (stream threads %.0f) and %.0f"
                + " µs of the broker; heap %d MB, process %d MB, state %d MB%n",
            remembering.done.get() - remembering.recognised.get(),
            events,
            done / seconds,
            (StateStreams.cpuMicros() - cpuBefore) / done,
            costs.micros().getOrDefault("stream threads", 0.0),
            costs.micros().getOrDefault("the broker", 0.0),
            StateStreams.heapMb(),
            StateStreams.residentMb(),
            size(folder) >> 20);
      }
      out.printf(
          "events that came again: %d, recognised: %d%n",
          feed.repeats(), remembering.recognised.get());
      if (feed.repeats() != remembering.recognised.get()) {
        throw new OperationFailedException(
            "An event that came again within the day was not known.");
      }
    }
  }

  private void await(StateStreams streams, Remembering remembering, StateFeed feed, int tenth)
      throws InterruptedException {
    long wanted = BusyDay.events(studies) * tenth / TENTHS;
    long last = -1;
    long moved = System.nanoTime();
    boolean all = false;
    while (!all) {
      streams.throwIfDead();
      feed.throwIfFailed();
      long done = remembering.done.get();
      all =
          tenth == TENTHS
              ? feed.ended() && done >= feed.sent()
              : done - remembering.recognised.get() >= wanted;
      if (done != last) {
        last = done;
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > STANDSTILL.toNanos()) {
        throw new OperationFailedException("Nothing has moved for two minutes.");
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private void again(String servers, Path folder, String what) throws InterruptedException {
    long begun = System.nanoTime();
    try (StateStreams streams =
        StateStreams.start(servers, folder, remembering().topology(EVENTS))) {
      out.printf(
          "opened again %s: running after %.1f s, %d records restored, heap %d MB%n",
          what, (System.nanoTime() - begun) / 1e9, streams.restored(), StateStreams.heapMb());
    }
  }

  /** As the service has them where nothing else is configured. */
  private static Remembering remembering() {
    Settings defaults = Settings.of(Map.of());
    return new Remembering(
        new BusyDay(),
        new DeduplicationSettings(
            defaults.get(EventKeys.DUPLICATES_WINDOW_MINUTES),
            defaults.get(EventKeys.DUPLICATES_ANSWER),
            false),
        new StudySettings(
            false,
            defaults.get(FindingKeys.STUDIES_MAX_IMAGES),
            defaults.get(FindingKeys.STUDIES_RETENTION_HOURS),
            defaults.get(FindingKeys.STUDIES_SETTLE_SECONDS),
            false));
  }

  private static long changelogs(Admin admin) throws ExecutionException, InterruptedException {
    return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
        .flatMap(logs -> logs.values().stream())
        .flatMap(log -> log.replicaInfos().entrySet().stream())
        .filter(each -> each.getKey().topic().endsWith("-changelog"))
        .mapToLong(each -> each.getValue().size())
        .sum();
  }

  /** Kafka Streams makes and removes files meanwhile. */
  private static long size(Path folder) throws IOException {
    try (Stream<Path> all = Files.find(folder, 20, (path, file) -> file.isRegularFile())) {
      return all.mapToLong(path -> path.toFile().length()).sum();
    }
  }
}
