package org.osteon.service.owners;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.KafkaFault;
import org.osteon.topology.owner.OwnerLog;
import org.osteon.topology.owner.Ownership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code APPLICATION-owners}, compacted, of one partition: for each partition of the events who has
 * it and up to where, and which records are to be skipped. Keys and values are text that a person
 * can read. Once the service runs, brokers that are away cost knowledge and nothing else; those
 * that refuse stop it, since nobody would learn of an image that ends replicas.
 *
 * <p><b>Threading.</b> Any; one caller at a time.
 */
public final class OwnersTopic implements OwnerLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnersTopic.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String SKIP = "skip/";

  private final String me = UUID.randomUUID().toString();
  private final Map<String, String> latest = new HashMap<>();
  private final String events;
  private final TopicPartition partition;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;

  private OwnersTopic(Settings settings) {
    this.events = settings.get(TopicKeys.EVENTS);
    this.partition = new TopicPartition(name(settings), 0);
    Map<String, Object> reading = settings.kafkaClient();
    reading.put("enable.auto.commit", "false");
    reading.put("auto.offset.reset", "earliest");
    reading.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    reading.put("request.timeout.ms", (int) PATIENCE.toMillis());
    this.consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    Map<String, Object> writing = settings.kafkaClient();
    writing.put("acks", "all");
    writing.put("linger.ms", 0);
    writing.put("max.block.ms", PATIENCE.toMillis());
    writing.put("request.timeout.ms", (int) PATIENCE.toMillis() / 2);
    writing.put("delivery.timeout.ms", (int) PATIENCE.toMillis());
    this.producer =
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Makes the topic where it is not there, and connects.
   *
   * @param replication of the topic; nothing for the brokers' default
   * @throws KafkaFault where the brokers do not answer, refuse, or would refuse to have it read or
   *     written
   */
  public static OwnersTopic open(Settings settings, Optional<Short> replication) {
    try (Admin admin = KafkaFault.built(() -> Admin.create(settings.kafkaClient()))) {
      OwnersTopicSetup setup = new OwnersTopicSetup(admin, name(settings));
      setup.create(replication);
      setup.checkRights();
    }
    return KafkaFault.built(() -> new OwnersTopic(settings));
  }

  /** Of an application. */
  public static String name(Settings settings) {
    return settings.get(KafkaKeys.APPLICATION_ID) + "-owners";
  }

  @Override
  public synchronized Handover takeOver(int ofEvents, long offset) {
    try {
      readToEnd();
      String before = latest.get(key(ofEvents));
      TopicPartition topic = new TopicPartition(events, ofEvents);
      long end = consumer.endOffsets(List.of(topic)).getOrDefault(topic, offset);
      Ownership own =
          Ownership.taken(before == null ? null : Ownership.parse(before), me, offset, end);
      send(key(ofEvents), own.line(), true);
      return new Handover(own, skipped(ofEvents, offset));
    } catch (AuthorizationException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("Who had partition {} before is not known: {}", ofEvents, e.getMessage());
      return OwnerLog.NONE.takeOver(ofEvents, offset);
    }
  }

  @Override
  public synchronized void write(int ofEvents, Ownership now) {
    try {
      send(key(ofEvents), now.line(), false);
    } catch (KafkaException e) {
      LOG.warn("What is in hand of partition {} could not be said: {}", ofEvents, e.getMessage());
    }
  }

  @Override
  public synchronized void release(int ofEvents, Ownership now) {
    try {
      readToEnd();
      Ownership last = Ownership.parse(latest.getOrDefault(key(ofEvents), ""));
      if (last == null || last.owner().equals(me)) {
        send(key(ofEvents), now.line(), true);
      }
    } catch (KafkaException e) {
      LOG.warn("That partition {} is let go could not be said: {}", ofEvents, e.getMessage());
    }
  }

  /** Has a record skipped by its next owner. */
  public synchronized void skip(int ofEvents, long offset, String reason) {
    send(SKIP + key(ofEvents) + "/" + offset, reason, true);
  }

  @Override
  public synchronized void close() {
    producer.close(PATIENCE);
    consumer.close();
  }

  /** What is to be skipped from here on; what lies before is forgotten, for it is committed. */
  private Map<Long, String> skipped(int ofEvents, long offset) {
    Map<Long, String> skipped = new HashMap<>();
    String prefix = SKIP + key(ofEvents) + "/";
    for (Map.Entry<String, String> each : Map.copyOf(latest).entrySet()) {
      if (each.getKey().startsWith(prefix)) {
        long at = Long.parseLong(each.getKey().substring(prefix.length()));
        if (at >= offset) {
          skipped.put(at, each.getValue());
        } else {
          send(each.getKey(), null, false);
        }
      }
    }
    return skipped;
  }

  private String key(int ofEvents) {
    return events + "/" + ofEvents;
  }

  private void readToEnd() {
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(partition) < end) {
      if (System.nanoTime() - until > 0) {
        throw new KafkaException("the brokers hand nothing over");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        keep(record);
      }
    }
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      latest.remove(key);
    } else {
      latest.put(key, new String(record.value(), StandardCharsets.UTF_8));
    }
  }

  /**
   * @param wait until the brokers have it
   * @throws AuthorizationException they refuse it
   * @throws KafkaException they do not take it
   */
  private void send(String key, @Nullable String value, boolean wait) {
    var sent =
        producer.send(
            new ProducerRecord<>(
                partition.topic(), 0, bytes(key), value == null ? null : bytes(value)));
    if (!wait) {
      return;
    }
    try {
      sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      if (e.getCause() instanceof AuthorizationException refused) {
        throw refused;
      }
      throw new KafkaException("the brokers do not take a record of " + partition.topic(), e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
