package org.osteon.topology.study;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.EventClasses;
import org.osteon.event.StudyAssessment;
import org.osteon.testing.ManualClock;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.commit.CommitBarrierBuilder;
import org.osteon.topology.listen.TopologyListener;

/** The processor of studies by itself, without a broker and without a registry. */
@SuppressWarnings("NullAway.Init")
abstract class AssessedStudies {
  static {
    EventClasses.trust();
  }

  static final Instant LATER = Instant.ofEpochMilli(1_700_000_000_000L).plusSeconds(7200);

  private final ManualClock clock = new ManualClock(LATER);
  @TempDir private Path folder;
  TopologyTestDriver driver;
  private TestInputTopic<byte[], ClassificationResult> results;
  TestOutputTopic<String, StudyAssessment> studies;
  TestOutputTopic<String, Alert> alerts;

  @AfterEach
  void close() {
    driver.close();
  }

  void put(ClassificationResult result) {
    results.pipeInput("key".getBytes(StandardCharsets.UTF_8), result);
  }

  void pass(Duration time) {
    clock.advance(time);
    driver.advanceWallClockTime(time);
  }

  void start(boolean exactlyOnce, int maxImages, Duration retention) {
    StudySettings settings =
        new StudySettings(exactlyOnce, maxImages, retention, Duration.ofSeconds(30), false);
    Serde<ClassificationResult> in = serde(ClassificationResult.class);
    Serde<StudyAssessment> assessments = serde(StudyAssessment.class);
    Serde<Alert> raised = serde(Alert.class);
    Topology topology =
        new Topology()
            .addSource("results", Serdes.ByteArray().deserializer(), in.deserializer(), "results")
            .addProcessor(
                "assess",
                () -> new StudyProcessor(settings, TopologyListener.NONE, clock),
                "results")
            .addStateStore(new CommitBarrierBuilder(CommitBarrier::new), "assess")
            .addStateStore(StudyStates.builder(), "assess")
            .addStateStore(StudyStates.open(), "assess")
            .addSink(
                StudyProcessor.STUDIES,
                "studies",
                Serdes.ByteArray().serializer(),
                assessments.serializer(),
                "assess")
            .addSink(
                StudyProcessor.ALERTS,
                "alerts",
                Serdes.ByteArray().serializer(),
                raised.serializer(),
                "assess");
    Properties properties = new Properties();
    properties.put("state.dir", folder.toString());
    driver = new TopologyTestDriver(topology, properties);
    results = driver.createInputTopic("results", Serdes.ByteArray().serializer(), in.serializer());
    studies =
        driver.createOutputTopic("studies", new StringDeserializer(), assessments.deserializer());
    alerts = driver.createOutputTopic("alerts", new StringDeserializer(), raised.deserializer());
  }

  /** Avro without a registry. */
  private static <T extends SpecificRecordBase> Serde<T> serde(Class<T> type) {
    var schema = SpecificData.get().getSchema(type);
    SpecificData data = SpecificData.getForClass(type);
    var encoder = new BinaryMessageEncoder<T>(data, schema);
    var decoder = new BinaryMessageDecoder<T>(data, schema);
    return Serdes.serdeFrom(
        (topic, value) -> {
          try {
            ByteBuffer bytes = encoder.encode(value);
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        (topic, bytes) -> {
          try {
            return decoder.decode(bytes);
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }
}
