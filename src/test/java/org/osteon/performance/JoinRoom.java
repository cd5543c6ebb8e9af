package org.osteon.performance;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.EventReading;
import org.osteon.event.FallTest;
import org.osteon.event.Performance;
import org.osteon.event.TestedMeasure;
import org.osteon.event.TopicPlan;
import org.osteon.event.Truth;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.event.registry.RegistryRecordReader;
import org.osteon.performance.join.JoinListener;
import org.osteon.performance.join.JoinRules;
import org.osteon.performance.tally.FallTests;
import org.osteon.performance.tally.TallyListener;
import org.osteon.performance.tally.TallyRules;
import org.osteon.streams.BoundedRocksDb;

/** The topology in its driver: records in, what the compacted topic would hold out. */
final class JoinRoom implements AutoCloseable, JoinListener, TallyListener {
  static final Instant TODAY = Instant.parse("2026-11-28T12:00:00Z");
  static final int KEPT = 100;
  static final Duration EVERY = Duration.ofSeconds(30);

  final List<String> ended = new ArrayList<>();
  final List<String> unreadable = new ArrayList<>();
  final List<String> falls = new ArrayList<>();
  Map<TestedMeasure, Integer> fallen = Map.of();

  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> results;
  private final TestInputTopic<byte[], byte[]> truths;
  private final TestOutputTopic<String, Performance> out;
  private final EventSerdes serdes;
  private final String resultsTopic;
  private final String truthsTopic;
  private final Map<String, Performance> held = new TreeMap<>();

  JoinRoom(Path folder) throws Exception {
    Settings settings =
        Settings.of(Map.of("bootstrap.servers", "h:1", "schema.registry.url", "http://h"));
    MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    for (TopicPlan plan : TopicPlan.all(settings)) {
      registry.register(plan.subject(), new AvroSchema(plan.schema()));
    }
    serdes = new EventSerdes(registry, settings);
    resultsTopic = settings.get(TopicKeys.RESULTS);
    truthsTopic = settings.get(TopicKeys.TRUTHS);
    String performance = settings.get(TopicKeys.PERFORMANCE);
    RegistryPatience once = new RegistryPatience(Duration.ZERO, RegistryPatience.UNWATCHED);
    PerformanceTopology topology =
        new PerformanceTopology(
            new PerformanceTopology.Names(resultsTopic, truthsTopic, performance, 3),
            new PerformanceTopology.Readers(
                new RegistryRecordReader<>(ClassificationResult.class, registry, once),
                new RegistryRecordReader<>(Truth.class, registry, once)),
            serdes.performance(),
            new JoinRules(Duration.ofDays(90), "station"),
            new TallyRules(
                EVERY,
                KEPT,
                new FallTests(
                    List.of(
                        FallTests.Tested.of(TestedMeasure.SENSITIVITY, 0.90, 0.75, 10_000),
                        FallTests.Tested.of(
                            TestedMeasure.DEFINITE_SPECIFICITY, 0.95, 0.85, 10_000)))),
            new PerformanceTopology.Listeners(this, this));
    Properties properties = new Properties();
    properties.put("application.id", "room");
    properties.put("bootstrap.servers", "nowhere:1");
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("state.dir", folder.toString());
    properties.putAll(BoundedRocksDb.properties(16L << 20, topology.stores()));
    driver = new TopologyTestDriver(topology.build(), properties, TODAY);
    results =
        driver.createInputTopic(resultsTopic, new ByteArraySerializer(), new ByteArraySerializer());
    truths =
        driver.createInputTopic(truthsTopic, new ByteArraySerializer(), new ByteArraySerializer());
    out =
        driver.createOutputTopic(
            performance, new StringDeserializer(), serdes.performance().deserializer());
  }

  void put(ClassificationResult result) {
    results.pipeInput(
        key(result.getStudyInstanceUid()),
        serdes.results().serializer().serialize(resultsTopic, result));
  }

  void put(Truth truth) {
    truths.pipeInput(
        key(truth.getStudyInstanceUid()),
        serdes.truths().serializer().serialize(truthsTopic, truth));
  }

  void putBytes(byte[] result, byte @Nullable [] truth) {
    results.pipeInput(key("s"), result);
    truths.pipeInput(key("s"), truth);
  }

  /** Lets time go by. */
  void wait(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** What the topic holds once all is published. */
  Map<String, Performance> figures() {
    wait(EVERY);
    read();
    return Map.copyOf(held);
  }

  /** Records that were published since, tombstones as well. */
  int read() {
    List<KeyValue<String, Performance>> all = out.readKeyValuesToList();
    for (KeyValue<String, Performance> each : all) {
      if (each.value == null) {
        held.remove(each.key);
      } else {
        held.put(each.key, each.value);
      }
    }
    return all.size();
  }

  /** The thirty days of a group, by {@code FACILITY\tDIMENSION\tVALUE}. */
  Performance sliding(String group) {
    return sliding("1", group);
  }

  /** The same of another version. */
  Performance sliding(String version, String group) {
    return Objects.requireNonNull(
        figures().get("m\t" + version + "\t00\t" + group + "\tTHIRTY_DAYS"), group);
  }

  private static byte[] key(String study) {
    return study.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void ended(Kind kind, Outcome outcome) {
    ended.add(kind + " " + outcome);
  }

  @Override
  public void unreadable(String place, EventReading.Unreadable because) {
    unreadable.add(because.reason());
  }

  @Override
  public void fallen(String task, Map<TestedMeasure, Integer> groups) {
    fallen = groups;
  }

  @Override
  public void fell(Performance of, FallTest test) {
    falls.add(
        test.getMeasure() + " " + of.getFacility() + " " + of.getDimension() + " " + of.getValue());
  }

  @Override
  public void close() {
    driver.close();
  }
}
