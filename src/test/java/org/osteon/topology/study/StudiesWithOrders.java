package org.osteon.topology.study;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.ImagingOrder;
import org.osteon.event.StudyAssessment;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.event.registry.RegistryRecordReader;
import org.osteon.testing.ManualClock;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.commit.CommitBarrierBuilder;
import org.osteon.topology.listen.OrderFate;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.order.OrderBook;
import org.osteon.topology.order.OrderSettings;

/** The processors of studies and of orders on the stores that they share, without a broker. */
@SuppressWarnings("NullAway.Init")
abstract class StudiesWithOrders {
  static final Instant NOW = Instant.parse("2026-11-29T01:00:00Z");
  static final Duration KEEP = Duration.ofHours(48);

  final ManualClock clock = new ManualClock(NOW);
  final List<OrderFate> fates = new ArrayList<>();
  final List<String> unreadable = new ArrayList<>();
  @TempDir private Path folder;
  TopologyTestDriver driver;
  private EventSerdes serdes;
  private String ordersTopic;
  private TestInputTopic<byte[], ClassificationResult> results;
  TestInputTopic<byte[], byte[]> orders;
  TestOutputTopic<String, StudyAssessment> studies;
  TestOutputTopic<String, Alert> alerts;

  @AfterEach
  void close() {
    driver.close();
  }

  void put(ImagingOrder order) {
    orders.pipeInput(
        "k".getBytes(StandardCharsets.UTF_8),
        serdes.orders().serializer().serialize(ordersTopic, order));
  }

  void put(ClassificationResult result) {
    results.pipeInput("key".getBytes(StandardCharsets.UTF_8), result);
  }

  void start(boolean exactlyOnce) {
    Settings settings =
        Settings.of(Map.of("bootstrap.servers", "h:1", "schema.registry.url", "http://h"));
    MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    try {
      for (TopicPlan plan : TopicPlan.all(settings)) {
        registry.register(plan.subject(), new AvroSchema(plan.schema()));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    serdes = new EventSerdes(registry, settings);
    ordersTopic = settings.get(TopicKeys.ORDERS);
    OrderSettings rules =
        new OrderSettings(
            ordersTopic,
            new RegistryRecordReader<>(
                ImagingOrder.class,
                registry,
                new RegistryPatience(Duration.ZERO, RegistryPatience.UNWATCHED)),
            KEEP);
    driver = new TopologyTestDriver(topology(settings, rules, exactlyOnce), properties());
    results =
        driver.createInputTopic(
            settings.get(TopicKeys.RESULTS),
            new ByteArraySerializer(),
            serdes.results().serializer());
    orders =
        driver.createInputTopic(ordersTopic, new ByteArraySerializer(), new ByteArraySerializer());
    studies =
        driver.createOutputTopic(
            settings.get(TopicKeys.STUDIES),
            new StringDeserializer(),
            serdes.studies().deserializer());
    alerts =
        driver.createOutputTopic(
            settings.get(TopicKeys.ALERTS),
            new StringDeserializer(),
            serdes.alerts().deserializer());
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("state.dir", folder.toString());
    return properties;
  }

  private Topology topology(Settings settings, OrderSettings rules, boolean exactlyOnce) {
    StudySettings study =
        new StudySettings(exactlyOnce, 10, Duration.ofDays(7), Duration.ofSeconds(30), true);
    TopologyListener heard =
        new TopologyListener() {
          @Override
          public void ordered(OrderFate fate) {
            fates.add(fate);
          }

          @Override
          public void unreadableOrder(String place, String why) {
            unreadable.add(place + ": " + why);
          }
        };
    return new Topology()
        .addSource(
            "results",
            new ByteArrayDeserializer(),
            serdes.results().deserializer(),
            settings.get(TopicKeys.RESULTS))
        .addSource("orders", new ByteArrayDeserializer(), new ByteArrayDeserializer(), ordersTopic)
        .addProcessor(
            "assess", () -> new StudyProcessor(study, TopologyListener.NONE, clock), "results")
        .addProcessor(
            OrderProcessor.NAME,
            () -> new OrderProcessor(rules, exactlyOnce, heard, clock),
            "orders")
        .addStateStore(new CommitBarrierBuilder(CommitBarrier::new), "assess")
        .addStateStore(StudyStates.builder(), "assess", OrderProcessor.NAME)
        .addStateStore(StudyStates.open(), "assess")
        .addStateStore(OrderBook.builder(), "assess", OrderProcessor.NAME)
        .addStateStore(StudiesByAccession.builder(), "assess", OrderProcessor.NAME)
        .addSink(
            StudyProcessor.STUDIES,
            settings.get(TopicKeys.STUDIES),
            new ByteArraySerializer(),
            serdes.studies().serializer(),
            "assess")
        .addSink(
            OrderProcessor.STUDIES,
            settings.get(TopicKeys.STUDIES),
            new ByteArraySerializer(),
            serdes.studies().serializer(),
            OrderProcessor.NAME)
        .addSink(
            StudyProcessor.ALERTS,
            settings.get(TopicKeys.ALERTS),
            new ByteArraySerializer(),
            serdes.alerts().serializer(),
            "assess");
  }
}
