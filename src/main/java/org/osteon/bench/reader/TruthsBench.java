package org.osteon.bench.reader;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.osteon.client.OperationFailedException;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.GroupDimension;
import org.osteon.event.Label;
import org.osteon.event.Period;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.performance.PerformanceProcess;
import org.osteon.sandbox.Folders;

/**
 * What joining results and truths costs: both topics are full before the process begins; then it is
 * timed until all are counted, its state is measured, and it begins again without its disk.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class TruthsBench {
  private static final long LOOK_MILLIS = 200;
  private static final long MOST_MINUTES = 60;

  private final int studies;
  private final PrintStream out;

  /**
   * @param studies each with a result and a truth
   */
  public TruthsBench(int studies, PrintStream out) {
    this.studies = studies;
    this.out = out;
  }

  /**
   * Runs it and prints four lines.
   *
   * @throws OperationFailedException not all are counted in an hour
   */
  public void run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("osteon-truths-");
    try {
      ReaderSandbox.run(
          Map.of("performance.publish.seconds", "1", "streams.state.dir", folder.toString()),
          settings -> {
            fill(settings);
            measure(settings, folder);
          });
    } finally {
      Folders.remove(folder);
    }
  }

  private void measure(Settings settings, Path folder) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (PerformanceProcess process = PerformanceProcess.start(settings)) {
      await("all studies counted", begun, () -> counted(settings) >= studies);
      double seconds = seconds(begun);
      out.printf(
          "%d studies joined in %.1f s: %.0f records a second%n",
          studies, seconds, 2 * studies / seconds);
    }
    long bytes = size(folder);
    out.printf("state: %d MB, %d bytes a study%n", bytes >> 20, bytes / studies);
    again(settings, "started again with its disk");
    Folders.remove(folder);
    Files.createDirectories(folder);
    again(settings, "started again without its disk, from its changelogs");
  }

  private void again(Settings settings, String what) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (PerformanceProcess process = PerformanceProcess.start(settings)) {
      await(what, begun, () -> process.notReady().isEmpty());
      out.printf("%s: ready after %.1f s%n", what, seconds(begun));
    }
  }

  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private static void await(String what, long begun, Condition condition)
      throws InterruptedException {
    while (!condition.holds()) {
      if (seconds(begun) > MOST_MINUTES * 60) {
        throw new OperationFailedException("Waited an hour for: " + what + ".");
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Studies with a truth, as the last record says that was published of the whole. */
  private static long counted(Settings settings) throws InterruptedException {
    String topic = settings.get(TopicKeys.PERFORMANCE);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    return TopicWindow.latest(
            settings, topic, serdes.performance().deserializer(), TopicWindow.UNWATCHED)
        .values()
        .stream()
        .filter(each -> BenchResults.FACILITY.equals(each.getFacility()))
        .filter(each -> each.getDimension() == GroupDimension.ALL)
        .filter(each -> each.getPeriod() == Period.THIRTY_DAYS && each.getTruthShare() != null)
        .mapToLong(each -> each.getTruthShare().getHits())
        .max()
        .orElse(0);
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private void fill(Settings settings) {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      send(
          producer,
          settings.get(TopicKeys.RESULTS),
          serdes.results().serializer(),
          n -> BenchResults.of(n, now));
      send(
          producer,
          settings.get(TopicKeys.TRUTHS),
          serdes.truths().serializer(),
          n -> truth(n, now));
    }
  }

  private <T> void send(
      Producer<byte[], byte[]> producer,
      String topic,
      Serializer<T> serializer,
      LongFunction<T> make) {
    AtomicLong failed = new AtomicLong();
    for (long n = 0; n < studies; n++) {
      byte[] key = ("2.25." + n).getBytes(StandardCharsets.UTF_8);
      var unused =
          producer.send(
              new ProducerRecord<>(topic, key, serializer.serialize(topic, make.apply(n))),
              (where, e) -> failed.addAndGet(e == null ? 0 : 1));
    }
    producer.flush();
    if (failed.get() > 0) {
      throw new OperationFailedException(failed + " records did not arrive in " + topic + ".");
    }
  }

  private static Truth truth(long n, Instant now) {
    return Truth.newBuilder()
        .setTruthId("t" + n)
        .setStudyInstanceUid("2.25." + n)
        .setLabel(n % 4 == 0 ? Label.FRACTURED : Label.HEALTHY)
        .setRole(TruthRole.REPORT)
        .setStatus(TruthStatus.FINAL)
        .setSaidAt(now)
        .setPublishedAt(now)
        .build();
  }
}
