package org.osteon.testing.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.sandbox.Folders;
import org.osteon.testing.Platform;

/** Topics, a ward that publishes and replicas that answer, for one scenario. */
public final class Hospital implements AutoCloseable {
  public static final int PARTITIONS = 8;

  private final List<Replica> replicas = new ArrayList<>();
  private final Map<String, String> values;
  private final Path folder;
  private final Path file;
  public final Settings settings;
  public final Ward ward;

  public Hospital(String bootstrapServers, String registryUrl, String guarantee, String protocol)
      throws IOException {
    this(bootstrapServers, registryUrl, guarantee, protocol, Map.of());
  }

  /**
   * @param more settings on top of those that suit all scenarios
   */
  public Hospital(
      String bootstrapServers,
      String registryUrl,
      String guarantee,
      String protocol,
      Map<String, String> more)
      throws IOException {
    values = new TreeMap<>();
    values.put("processing.guarantee", guarantee);
    values.put("group.protocol", protocol);
    // Most scenarios are about records; those that are about what a version sees name another.
    values.put("model.path", Deployed.SMALLEST.toString());
    values.put("http.port", "0");
    values.put("image.max.bytes", "2000000");
    values.put("image.max.pixels", "4000000");
    values.put("memory.budget.mb", "64");
    values.put("inference.threads", "1");
    values.put("decode.threads", "1");
    // Each decode process is a virtual machine more to start; tests that are about them ask for it.
    values.put("decode.isolation", "none");
    values.put("inference.timeout.ms", "10000");
    values.put("image.decode.timeout.ms", "10000");
    // One variant to load and to check at each start, instead of three to choose from.
    values.put("inference.precision", "f32");
    values.put("alerts.urgent.probability", Expected.THRESHOLD);
    values.put("alerts.critical.probability", Expected.THRESHOLD);
    if (protocol.equals("classic")) {
      // A killed replica is missed after seconds; with the streams protocol the broker decides
      // that.
      values.put("streams.consumer.session.timeout.ms", "6000");
      values.put("streams.consumer.heartbeat.interval.ms", "1500");
    }
    folder = Files.createTempDirectory("osteon-hospital-");
    values.put("streams.state.dir", folder.resolve("state").toString());
    values.putAll(more);
    settings = Platform.settings(bootstrapServers, registryUrl, values);
    file = folder.resolve("osteon.properties");
    Properties properties = new Properties();
    properties.putAll(values);
    properties.putAll(settings.texts());
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    try (Admin admin = Admin.create(settings.kafkaClient())) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(PARTITIONS, 0, false);
    }
    ward = new Ward(settings);
  }

  /** The same settings but for some. */
  public Settings with(Map<String, String> others) {
    Map<String, String> all = new TreeMap<>(values);
    all.putAll(settings.texts());
    all.putAll(others);
    return Settings.of(all);
  }

  public static Path root() {
    return Path.of(System.getProperty("osteon.root", "..")).toAbsolutePath().normalize();
  }

  /** Starts a replica; see {@link ReplicaMain} for the arguments. */
  public Replica start(String... arguments) {
    Path log = folder.resolve("replica-" + replicas.size() + ".log");
    Replica replica = Replica.start(file, log, arguments);
    replicas.add(replica);
    return replica;
  }

  /** Starts one with options of its own for the Java virtual machine. */
  public Replica startWith(List<String> options) {
    Path log = folder.resolve("replica-" + replicas.size() + ".log");
    Replica replica = Replica.start(options, file, log);
    replicas.add(replica);
    return replica;
  }

  public Replica startToBeKilled(KillPoint point, int n) {
    return start(point.name(), Integer.toString(n));
  }

  /** SIGTERM to all that live; each must drain, commit and exit with 0. */
  public List<Integer> terminateAll() throws InterruptedException {
    List<Integer> statuses = new ArrayList<>();
    for (Replica replica : replicas) {
      if (replica.isAlive()) {
        statuses.add(replica.terminate());
      }
    }
    return statuses;
  }

  /**
   * Waits until the group has committed that it read every event, and no transaction of the dead
   * keeps readers from what came of them: whatever is not to be seen then never will be.
   */
  public void awaitAllRead() {
    try (Admin admin = Admin.create(settings.kafkaClient())) {
      Awaitility.await()
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                Map<TopicPartition, Long> read = new HashMap<>();
                admin
                    .listConsumerGroupOffsets(settings.get(KafkaKeys.APPLICATION_ID))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> read.put(partition, offset.offset()));
                assertThat(read)
                    .containsAllEntriesOf(ends(admin, settings.get(TopicKeys.EVENTS), false));
              });
      for (String topic :
          List.of(settings.get(TopicKeys.RESULTS), settings.get(TopicKeys.DEAD_LETTERS))) {
        Awaitility.await()
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(
                () -> assertThat(ends(admin, topic, true)).isEqualTo(ends(admin, topic, false)));
      }
    }
  }

  /** Where each partition ends that holds something. */
  private static Map<TopicPartition, Long> ends(Admin admin, String topic, boolean committed)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int i = 0; i < PARTITIONS; i++) {
      latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    IsolationLevel level =
        committed ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(level))
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    ends.values().removeIf(end -> end == 0);
    return ends;
  }

  /** The ends of all logs, for a message. */
  public String logs() {
    StringBuilder logs = new StringBuilder();
    replicas.forEach(replica -> logs.append(replica.log()).append("\n---\n"));
    return logs.toString();
  }

  @Override
  public void close() throws IOException {
    replicas.forEach(Replica::close);
    ward.close();
    Folders.remove(folder);
  }
}
