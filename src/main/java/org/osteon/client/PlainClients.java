package org.osteon.client;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.event.KafkaFault;
import org.osteon.event.RecordSizes;

/**
 * The plain clients of the commands: bytes in, bytes out, images as large as the settings allow.
 */
public final class PlainClients {
  private static final long LEAST_BUFFER = 64L << 20;

  public static Admin admin(Settings settings) {
    Map<String, Object> config = settings.kafkaClient();
    // A person waits for the answer: a minute of silence is too long.
    config.putIfAbsent("default.api.timeout.ms", 20_000);
    config.putIfAbsent("request.timeout.ms", 10_000);
    return KafkaFault.built(() -> Admin.create(config));
  }

  public static Producer<byte[], byte[]> producer(Settings settings) {
    return producer(settings, Map.of());
  }

  /**
   * @param further settings that only those of the operator are stronger than
   */
  public static Producer<byte[], byte[]> producer(Settings settings, Map<String, Object> further) {
    RecordSizes sizes = RecordSizes.forImagesOf(settings.get(ImageKeys.IMAGE_MAX_BYTES));
    Map<String, Object> config = settings.kafkaClient();
    further.forEach(config::putIfAbsent);
    config.putIfAbsent("acks", "all");
    config.putIfAbsent("enable.idempotence", true);
    config.putIfAbsent("linger.ms", 5);
    // A minute of silence before "no such topic" is too long for a person.
    config.putIfAbsent("max.block.ms", 20_000);
    config.putIfAbsent("max.request.size", sizes.event());
    config.putIfAbsent("buffer.memory", Math.max(LEAST_BUFFER, 2L * sizes.event()));
    return KafkaFault.built(
        () -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** Reads only what is committed; assigned by hand, so it disturbs no group. */
  public static Consumer<byte[], byte[]> consumer(Settings settings, Map<String, Object> further) {
    Map<String, Object> config = settings.kafkaClient();
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", false);
    config.putIfAbsent("auto.offset.reset", "none");
    config.putIfAbsent("max.poll.records", 100);
    config.putIfAbsent("default.api.timeout.ms", 20_000);
    config.putAll(further);
    return KafkaFault.built(
        () ->
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  private PlainClients() {}
}
