package org.osteon.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.osteon.performance.ManyCases.byOrder;
import static org.osteon.performance.ManyCases.early;
import static org.osteon.performance.ManyCases.expected;
import static org.osteon.performance.ManyCases.fractured;
import static org.osteon.performance.ManyCases.label;
import static org.osteon.performance.ManyCases.ofOrder;
import static org.osteon.performance.ManyCases.said;

import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Truth;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.performance.DyingProcess.Point;
import org.osteon.sandbox.ChildProcess;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;
import org.osteon.testing.Verdicts;
import org.osteon.truth.TruthPublisher;

/**
 * {@code osteon performance} as a process of its own, with sheets of truths, and its end at any
 * time.
 */
@Tag("chaos")
@Timeout(900)
@SuppressWarnings("NullAway.Init")
class PerformanceKilledTest {
  private static final String ALL = "m\t1\t00\tward-7\tALL\t";
  private static final String EVERYWHERE = "m\t1\t00\t\tALL\t";
  private static final int STUDIES = 400;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path folder;
  private final List<ChildProcess> processes = new ArrayList<>();
  private int started;
  private Settings settings;
  private EventSerdes serdes;
  private Producer<byte[], byte[]> producer;

  @BeforeEach
  void open() {
    settings =
        Platform.settings(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            Map.of("http.port", "0", "performance.publish.seconds", "1"));
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(3, 1, false);
    }
    serdes = new EventSerdes(Registry.connect(settings), settings);
    producer = PlainClients.producer(settings);
  }

  @AfterEach
  void close() {
    processes.stream().filter(ChildProcess::isAlive).forEach(ChildProcess::kill);
    producer.close();
  }

  @Test
  void noCountIsDoubledAndNoneIsMissingHoweverOftenItIsKilled() throws Exception {
    Point[] points = {
      Point.BEFORE_THE_COMMIT,
      Point.AFTER_THE_COMMIT,
      Point.BEFORE_THE_COMMIT,
      Point.AFTER_THE_COMMIT
    };
    try (Standings standings = new Standings(settings)) {
      for (int round = 0; round < points.length; round++) {
        // The last begins without its disk: what it knows must come back from the brokers.
        Path state = folder.resolve(round == points.length - 1 ? "other-state" : "state");
        int until = STUDIES * (round + 1) / points.length;
        int from = STUDIES * round / points.length;
        // Half of the truths before their results, and some of each again.
        importTruths(from, until, true);
        publishResults(Math.max(0, from - 20), until);
        ChildProcess process = dying(state, points[round], 1 + round % 2);
        importTruths(Math.max(0, from - 20), until, false);
        await("death " + round).atMost(PATIENCE).until(() -> !process.isAlive());
      }
      ChildProcess process = start(folder.resolve("other-state"));
      await("all of them")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(standings.read().table(ALL)).isEqualTo(expected(STUDIES)));
      assertThat(standings.table(EVERYWHERE)).isEqualTo(expected(STUDIES));
      // All of it once more, and others behind it on each partition, to know when it was read.
      publishResults(0, STUDIES + 30);
      importTruths(0, STUDIES + 30, true);
      importTruths(0, STUDIES + 30, false);
      await("what was behind it")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(standings.read().table(ALL)).isEqualTo(expected(STUDIES + 30)));
      people();
      process.signal("-TERM");
      assertThat(process.await(PATIENCE)).isZero();
    }
  }

  /** What people see of it. */
  private void people() throws Exception {
    CommandRun report = CommandRun.of(settings, "report", folder.toString(), "--performance");
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(Files.readString(folder.resolve("performance.html")))
        .contains("m/1, ward-7", "%d studies".formatted(STUDIES + 30), "m/1, all sites");
    CommandRun watch =
        CommandRun.of(settings, "watch", "performance", "--from-beginning", "--count", "1");
    assertThat(watch.status()).as(watch.err()).isZero();
    assertThat(watch.out()).contains("sensitivity", "m/1");
  }

  @Test
  void withoutExactlyOnceTheSameDeathCountsTwice() throws Exception {
    publishResults(0, STUDIES);
    ChildProcess process = dying(folder.resolve("state"), Point.BEFORE_A_COMMIT_AT_LEAST_ONCE, 1);
    await("death").atMost(PATIENCE).until(() -> !process.isAlive());
    start(folder.resolve("state"));
    try (Standings standings = new Standings(settings)) {
      await("more studies than there are")
          .atMost(PATIENCE)
          .until(() -> standings.read().studies(ALL) > STUDIES);
    }
  }

  private void publishResults(int from, int to) throws Exception {
    String topic = settings.get(TopicKeys.RESULTS);
    List<java.util.concurrent.Future<?>> sent = new ArrayList<>();
    for (int n = from; n < to; n++) {
      ClassificationResult result =
          ClassificationResult.newBuilder(
                  Verdicts.result("event-" + n, "2.25." + (1000 + n), fractured(n), 0))
              .setAccessionNumber("A-" + n)
              .setProcessedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
              .build();
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  topic,
                  result.getStudyInstanceUid().getBytes(StandardCharsets.UTF_8),
                  serdes.results().serializer().serialize(topic, result))));
    }
    for (var each : sent) {
      each.get();
    }
  }

  private void importTruths(int from, int to, boolean early) throws Exception {
    StringBuilder text = new StringBuilder("study,label,role,said_at,saw_answer\n");
    List<Truth> ofOrders = new ArrayList<>();
    for (int n = from; n < to; n++) {
      if (said(n) && early(n) == early && byOrder(n)) {
        ofOrders.add(ofOrder(n));
      } else if (said(n) && early(n) == early) {
        text.append("2.25.%d,%s,REPORT,2026-11-01T08:00:00Z,no%n".formatted(1000 + n, label(n)));
      }
    }
    Path sheet = Files.writeString(folder.resolve("truths.csv"), text);
    CommandRun run = CommandRun.of(settings, "truth", "import", sheet.toString());
    assertThat(run.status()).as(run.err()).isZero();
    new TruthPublisher(producer, serdes, settings.get(TopicKeys.TRUTHS)).publish(ofOrders);
  }

  private ChildProcess start(Path state) throws Exception {
    return java(state, "org.osteon.cli.Osteon", "performance", "--config");
  }

  /** One that dies at the n-th commit of that kind. */
  private ChildProcess dying(Path state, Point point, int n) throws Exception {
    return java(state, DyingProcess.class.getName(), "", point.name(), Integer.toString(n));
  }

  /** With the file of the settings behind what is given, or where an empty word stands. */
  private ChildProcess java(Path state, String... words) throws Exception {
    Properties properties = new Properties();
    settings.texts().forEach(properties::put);
    properties.put("performance.application.id", settings.texts().get("application.id") + "-worth");
    properties.put("streams.state.dir", state.toString());
    // After a kill the group waits this long for who will not come back.
    properties.put("streams.session.timeout.ms", "6000");
    properties.put("streams.heartbeat.interval.ms", "1500");
    started++;
    Path file = folder.resolve("performance-" + started + ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
    boolean named = false;
    for (String word : words) {
      named |= word.isEmpty();
      command.add(word.isEmpty() ? file.toString() : word);
    }
    if (!named) {
      command.add(file.toString());
    }
    ChildProcess process =
        ChildProcess.start(
            folder.resolve("performance-" + started + ".log"), command.toArray(new String[0]));
    processes.add(process);
    return process;
  }
}
