package org.osteon.deliver;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.event.StudyAssessment;
import org.osteon.event.Undelivered;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.identity.Identities;
import org.osteon.identity.IdentityPublisher;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;
import org.osteon.identity.SiteKeys;
import org.osteon.testing.Platform;

/** Topics, keys and targets of one hospital, and what its service would have published. */
final class Site implements AutoCloseable {
  final Settings settings;
  final EventSerdes serdes;
  private final Path folder;
  private final Producer<byte[], byte[]> producer;
  private final IdentitySeal seal;

  /**
   * @param targets lines of the targets' file
   */
  Site(Path folder, Map<String, String> further, String... targets) throws IOException {
    this.folder = folder;
    Map<String, String> values = new HashMap<>();
    values.put("http.port", "0");
    values.put("deliver.start", "earliest");
    values.put("deliver.backoff.max.ms", "1000");
    values.put(
        "identity.key.file",
        Files.writeString(folder.resolve("identities"), "one " + "5a".repeat(32) + "\n")
            .toString());
    values.put(
        "deliver.targets.file",
        Files.write(folder.resolve("targets.properties"), List.of(targets)).toString());
    values.putAll(further);
    settings =
        Platform.settings(Platform.broker().bootstrapServers(), Platform.registry().url(), values);
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(2, 1, false);
    }
    serdes = new EventSerdes(Registry.connect(settings), settings);
    producer = PlainClients.producer(settings);
    seal = new IdentitySeal(SiteKeys.read(folder.resolve("identities")));
  }

  /** All settings in a file, as a process of its own takes them. */
  Path write() throws IOException {
    Properties properties = new Properties();
    settings.texts().forEach(properties::put);
    // One that is killed is missed after seconds, and not after Kafka's 45.
    properties.put("kafka.session.timeout.ms", "6000");
    properties.put("kafka.heartbeat.interval.ms", "1500");
    Path file = folder.resolve("deliver.properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  /** Until a deliverer says that it delivers: before that, a signal ends it as any process. */
  static void awaitUp(Path log) {
    await("it to be up").until(() -> Files.readString(log).contains("Osteon delivers"));
  }

  /** Publishes a result of study {@code 1.2.3.N}, and keeps whose it is. */
  ClassificationResult publish(int n, Finding finding) throws Exception {
    keep(n);
    return publishOnly(n, finding);
  }

  /** Keeps whose study n is. */
  void keep(int n) throws Exception {
    identities()
        .publish(
            new IdentitySeal.Pseudonymous("2.25.7" + n, "2.25.8" + n, "patient-" + n, "ward-7"),
            Deliveries.original("1.2.3." + n, "1.2.3." + n + ".1", "1.2.3." + n + ".1.1"))
        .get();
  }

  /** Publishes a result and keeps nothing. */
  ClassificationResult publishOnly(int n, Finding finding) throws Exception {
    ClassificationResult result =
        ClassificationResult.newBuilder(
                Deliveries.result("r" + n, finding, "2.25.7" + n, "2.25.8" + n, null))
            .setProcessedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build();
    String topic = settings.get(TopicKeys.RESULTS);
    send(topic, "2.25.7" + n, serdes.results().serializer().serialize(topic, result));
    return result;
  }

  /** Says that the study of that result is settled. */
  void settle(ClassificationResult result) throws Exception {
    String topic = settings.get(TopicKeys.STUDIES);
    StudyAssessment study =
        StudyAssessment.newBuilder()
            .setStudyInstanceUid(result.getStudyInstanceUid())
            .setFacility(result.getFacility())
            .setLabel(result.getLabel())
            .setProbability(result.getAbnormalProbability())
            .setDecision(result.getDecision())
            .setImages(1)
            .setEventIds(List.of(result.getEventId()))
            .setModel(result.getModel())
            .setUpdatedAt(result.getProcessedAt())
            .setFinding(result.getFinding())
            .setSettled(true)
            .build();
    send(topic, study.getStudyInstanceUid(), serdes.studies().serializer().serialize(topic, study));
  }

  void send(String topic, String key, byte @Nullable [] value) throws Exception {
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
  }

  IdentityPublisher identities() {
    return new IdentityPublisher(producer, serdes, seal, settings.get(TopicKeys.IDENTITIES));
  }

  /** What is kept, to look into. */
  Identities kept() {
    return new Identities(reader(), serdes, seal, settings.get(TopicKeys.IDENTITIES));
  }

  /** What targets refused for good, oldest first in each partition. */
  List<Undelivered> undelivered() {
    List<Undelivered> all = new ArrayList<>();
    read(settings.get(TopicKeys.UNDELIVERED))
        .forEach(
            each ->
                all.add(
                    serdes.undelivered().deserializer().deserialize(each.topic(), each.value())));
    return all;
  }

  /** Keys, values and headers of that topic now. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = reader()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
    }
    return all;
  }

  /** Of an original of the study n. */
  static String study(int n) {
    return "1.2.3." + n;
  }

  /** Words of a patient that must be nowhere. */
  static List<String> secrets() {
    return List.of("IDA", "INVENTED", "774411", "ACC556677", "19581123", "1.2.3.");
  }

  static Original original(int n) {
    return Deliveries.original(study(n), study(n) + ".1", study(n) + ".1.1");
  }

  private KafkaConsumer<byte[], byte[]> reader() {
    Map<String, Object> config = settings.kafkaClient();
    config.put("enable.auto.commit", "false");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    producer.close();
  }
}
