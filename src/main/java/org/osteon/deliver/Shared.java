package org.osteon.deliver;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.DeliverKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.KafkaFault;
import org.osteon.event.RecordSizes;
import org.osteon.event.registry.EventSerdes;
import org.osteon.fetch.FetchSettings;
import org.osteon.fetch.Fetcher;
import org.osteon.fetch.ImageFetcher;
import org.osteon.identity.Identities;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.SiteKeys;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;

/**
 * What all targets have together.
 *
 * @param owners whose results are
 * @param settled which studies are
 * @param pixels of events
 * @param undeliverables where refusals go
 */
record Shared(
    Owners owners,
    SettledStudies settled,
    EventPixels pixels,
    Undeliverables undeliverables,
    Closing closing)
    implements AutoCloseable {
  private static final Duration MARGIN = Duration.ofHours(1);

  /** What is closed in the end, and who needs it no more by then. */
  record Closing(
      @Nullable Identities identities,
      @Nullable Fetcher fetcher,
      Producer<byte[], byte[]> producer) {}

  /**
   * The site's keys; null where identities are not kept.
   *
   * @throws org.osteon.config.value.ConfigException the file holds none
   */
  static @Nullable SiteKeys keys(Settings settings) {
    return settings.find(DeliverKeys.IDENTITY_KEY_FILE).map(SiteKeys::read).orElse(null);
  }

  static Shared open(Settings settings, EventSerdes serdes) {
    SiteKeys keys = keys(settings);
    Identities identities =
        keys == null
            ? null
            : new Identities(
                plain(settings),
                serdes,
                new IdentitySeal(keys),
                settings.get(TopicKeys.IDENTITIES));
    FetchSettings fetching = FetchSettings.of(settings);
    Fetcher fetcher =
        fetching.any()
            ? new Fetcher(
                fetching, settings.get(ImageKeys.IMAGE_MAX_BYTES), FetchSettings.Watch.NONE)
            : null;
    if (identities != null) {
      identities.readToEnd();
    }
    Duration back = settings.get(DeliverKeys.SETTLE_SECONDS).plus(MARGIN);
    Producer<byte[], byte[]> producer = producer(settings);
    return new Shared(
        new Owners(identities),
        new SettledStudies(
            plain(settings),
            serdes.studies().deserializer(),
            settings.get(TopicKeys.STUDIES),
            back),
        new EventPixels(
            plain(settings),
            serdes.events().deserializer(),
            fetcher == null ? ImageFetcher.NONE : fetcher,
            ImageDecoders.standard(
                new ImageLimits(
                    settings.get(ImageKeys.IMAGE_MAX_BYTES),
                    settings.get(ImageKeys.IMAGE_MAX_PIXELS))),
            settings.get(TopicKeys.EVENTS)),
        new Undeliverables(
            producer, serdes.undelivered().serializer(), settings.get(TopicKeys.UNDELIVERED)),
        new Closing(identities, fetcher, producer));
  }

  /** Of a target's own group. */
  static Consumer<byte[], byte[]> consumer(Settings settings, String target) {
    Map<String, Object> config = committed(settings);
    config.put("group.id", settings.get(KafkaKeys.APPLICATION_ID) + "-deliver-" + target);
    config.put("auto.offset.reset", settings.get(DeliverKeys.START));
    config.putIfAbsent("max.poll.records", 100);
    config.putIfAbsent("max.poll.interval.ms", 900_000);
    return KafkaFault.built(() -> consumer(config));
  }

  /** In no group. */
  private static Consumer<byte[], byte[]> plain(Settings settings) {
    Map<String, Object> config = committed(settings);
    config.put("auto.offset.reset", "earliest");
    return KafkaFault.built(() -> consumer(config));
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<String, Object> committed(Settings settings) {
    Map<String, Object> config = new HashMap<>(settings.kafkaClient());
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", false);
    config.put("allow.auto.create.topics", false);
    config.putIfAbsent("default.api.timeout.ms", 20_000);
    return config;
  }

  private static Producer<byte[], byte[]> producer(Settings settings) {
    Map<String, Object> config = new HashMap<>(settings.kafkaClient());
    config.put("acks", "all");
    config.put("enable.idempotence", true);
    config.putIfAbsent("max.block.ms", 20_000);
    config.putIfAbsent(
        "max.request.size",
        RecordSizes.forImagesOf(settings.get(ImageKeys.IMAGE_MAX_BYTES)).event());
    return KafkaFault.built(
        () -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Override
  public void close() {
    settled.close();
    pixels.close();
    closing.producer().close(Duration.ofSeconds(5));
    if (closing.identities() != null) {
      closing.identities().close();
    }
    if (closing.fetcher() != null) {
      closing.fetcher().close();
    }
  }
}
