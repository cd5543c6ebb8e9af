package org.osteon.event.topics;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.DeploymentMode;
import org.osteon.event.KafkaFault;
import org.osteon.event.ModelDeployment;
import org.osteon.event.registry.EventSerdes;

/**
 * {@code topics.models}, compacted: the record with the key {@code active} says which version
 * replicas should run, {@code previous} which one that replaced, {@code shadow} which one runs
 * beside it and publishes nothing, {@code canary} which one answers a share of the studies. What is
 * said of that one has keys of its own, see {@link CanaryRecords}.
 *
 * <p><b>Threading.</b> One thread; {@link #wakeup} by any.
 */
public final class DeploymentTopic implements AutoCloseable {
  private static final String ACTIVE = "active";
  private static final String PREVIOUS = "previous";
  private static final String SHADOW = "shadow";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<String, ModelDeployment> latest = new HashMap<>();
  private final CanaryRecords canaries = new CanaryRecords(this);
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Settings settings;
  private final EventSerdes serdes;
  private final List<TopicPartition> partitions;

  /**
   * @throws KafkaFault where the brokers do not answer or refuse
   */
  public DeploymentTopic(Settings settings, EventSerdes serdes) {
    this.settings = settings;
    this.serdes = serdes;
    Map<String, Object> client = settings.kafkaClient();
    client.put("enable.auto.commit", "false");
    client.put("auto.offset.reset", "earliest");
    client.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    this.consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.partitions =
        consumer.partitionsFor(settings.get(TopicKeys.MODELS)).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on to what is the topic's end now. */
  public DeploymentTopic readToEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      poll(Duration.ofMillis(200));
    }
    return this;
  }

  /**
   * Waits for a record, and takes it.
   *
   * @return whether anything came
   */
  public boolean poll(Duration atMost) {
    boolean came = false;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
      came = true;
      String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
      if (record.value() == null) {
        latest.remove(key);
      } else {
        latest.put(key, serdes.models().deserializer().deserialize(record.topic(), record.value()));
      }
    }
    return came;
  }

  /** Ends a {@link #poll} that another thread waits in, with a {@code WakeupException}. */
  public void wakeup() {
    consumer.wakeup();
  }

  /** What replicas should run, as far as was read. */
  public Optional<ModelDeployment> active() {
    return Optional.ofNullable(latest.get(ACTIVE))
        .filter(deployment -> deployment.getMode() == DeploymentMode.ACTIVE);
  }

  /** Whether that is what replicas should run, as far as was read: then it cannot be the canary. */
  public boolean isActive(ModelDeployment version) {
    return active().filter(one -> one.getSha256().equals(version.getSha256())).isPresent();
  }

  /** What they ran before, as far as was read. */
  public Optional<ModelDeployment> previous() {
    return Optional.ofNullable(latest.get(PREVIOUS));
  }

  /** What runs beside the active one, as far as was read. */
  public Optional<ModelDeployment> shadow() {
    return Optional.ofNullable(latest.get(SHADOW))
        .filter(deployment -> deployment.getMode() == DeploymentMode.SHADOW);
  }

  /** What it says of the version on trial. */
  public CanaryRecords canaries() {
    return canaries;
  }

  /**
   * Publishes a version as the active one, and what was active as the previous one; or, where its
   * mode is SHADOW, as the shadow, or CANARY, as the canary. A shadow that becomes active is a
   * shadow no longer.
   *
   * @throws KafkaFault where it could not be published
   */
  public void publish(ModelDeployment next) {
    readToEnd();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      if (next.getMode() == DeploymentMode.SHADOW) {
        send(producer, SHADOW, next);
      } else if (next.getMode() == DeploymentMode.CANARY) {
        canaries.begin(next, (key, value) -> send(producer, key, value));
      } else {
        activate(producer, next);
      }
    }
    readToEnd();
  }

  /**
   * Makes a version the active one.
   *
   * @param before what was, where nothing was deployed; null where that is not known
   */
  void activate(ModelDeployment next, @Nullable ModelDeployment before) {
    readToEnd();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      if (before != null && active().isEmpty()) {
        send(producer, PREVIOUS, before);
      }
      activate(producer, next);
    }
    readToEnd();
  }

  private void activate(KafkaProducer<byte[], byte[]> producer, ModelDeployment next) {
    canaries.isActive(active(), next, (key, value) -> send(producer, key, value));
    // In this order: between two of them there is a rollback that changes nothing, or a shadow
    // that answers as the active one does.
    active()
        // A second promotion must not make the new one the way back.
        .filter(now -> !now.getSha256().equals(next.getSha256()))
        .ifPresent(now -> send(producer, PREVIOUS, now));
    send(producer, ACTIVE, next);
    if (shadow().filter(beside -> beside.getSha256().equals(next.getSha256())).isPresent()) {
      send(producer, SHADOW, null);
    }
  }

  /**
   * Takes the shadow away.
   *
   * @throws KafkaFault where it could not be published
   */
  public void withdrawShadow() {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      send(producer, SHADOW, null);
    }
    readToEnd();
  }

  /** What was read, by key. */
  Map<String, ModelDeployment> latest() {
    return latest;
  }

  /**
   * Publishes records and reads on.
   *
   * @param records are told where to
   */
  void write(Consumer<Writer> records) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      records.accept((key, value) -> send(producer, key, value));
    }
    readToEnd();
  }

  /** Takes a record; null takes its key away. */
  @FunctionalInterface
  interface Writer {
    void put(String key, @Nullable ModelDeployment value);
  }

  @Override
  public void close() {
    consumer.close();
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> client = settings.kafkaClient();
    client.put("acks", "all");
    return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * @param deployment null to take the key away
   */
  private void send(
      KafkaProducer<byte[], byte[]> producer, String key, @Nullable ModelDeployment deployment) {
    String topic = settings.get(TopicKeys.MODELS);
    byte[] value =
        deployment == null ? null : serdes.models().serializer().serialize(topic, deployment);
    KafkaFault.get(
        "publish to " + topic,
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)));
  }
}
