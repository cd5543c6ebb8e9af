package org.osteon.deliver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.osteon.client.EventImage;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.dicom.Pixels;
import org.osteon.event.ClassificationResult;
import org.osteon.event.XRayEvent;
import org.osteon.fetch.ImageFetcher;
import org.osteon.image.ImageDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The image of a result, out of its event: a result has its event's key, and its record has its
 * event's timestamp, so the event lies at the first offset of that time, or a few behind it.
 *
 * <p><b>Threading.</b> Any number of threads; one at a time looks.
 */
final class EventPixels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventPixels.class);

  /** Events of one millisecond and one partition that are looked through. */
  private static final int MOST = 200;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<XRayEvent> deserializer;
  private final ImageFetcher fetcher;
  private final ImageDecoder decoder;
  private final String topic;

  /**
   * @param consumer of bytes, in no group; closed here
   * @param fetcher gets what events name
   * @param topic {@code topics.events}
   */
  EventPixels(
      Consumer<byte[], byte[]> consumer,
      Deserializer<XRayEvent> deserializer,
      ImageFetcher fetcher,
      ImageDecoder decoder,
      String topic) {
    this.consumer = consumer;
    this.deserializer = deserializer;
    this.fetcher = fetcher;
    this.decoder = decoder;
    this.topic = topic;
  }

  /**
   * @return null where the event is gone, its image is out of reach or no decoder reads it
   */
  synchronized Pixels.@Nullable Plane of(Delivery delivery) throws InterruptedException {
    ClassificationResult result = delivery.result();
    try {
      XRayEvent event = find(result, delivery.timestamp());
      byte[] file = event == null ? null : EventImage.of(event, fetcher);
      Optional<Pixels.Plane> plane =
          file == null ? Optional.empty() : Pixels.of(file, result.getImage(), decoder);
      return plane.orElse(null);
    } catch (KafkaException e) {
      LOG.info("An event is out of reach: {}", e.getClass().getSimpleName());
      return null;
    }
  }

  private @Nullable XRayEvent find(ClassificationResult result, long timestamp) {
    byte[] key = result.getStudyInstanceUid().getBytes(StandardCharsets.UTF_8);
    int partitions = consumer.partitionsFor(topic).size();
    int usual = Utils.toPositive(Utils.murmur2(key)) % partitions;
    List<Integer> order = new ArrayList<>(List.of(usual));
    for (int i = 0; i < partitions; i++) {
      if (i != usual) {
        // Publishers in other languages have other partitioners.
        order.add(i);
      }
    }
    for (int partition : order) {
      XRayEvent event = find(new TopicPartition(topic, partition), result, key, timestamp);
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  private @Nullable XRayEvent find(
      TopicPartition partition, ClassificationResult result, byte[] key, long timestamp) {
    OffsetAndTimestamp first =
        consumer.offsetsForTimes(Map.of(partition, timestamp)).get(partition);
    if (first == null) {
      return null;
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, first.offset());
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long until = System.nanoTime() + PATIENCE.toNanos();
    int looked = 0;
    while (consumer.position(partition) < end && System.nanoTime() - until < 0) {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
        if (each.timestamp() > timestamp || ++looked > MOST) {
          return null;
        }
        if (Arrays.equals(each.key(), key) && each.value() != null) {
          XRayEvent event = deserializer.deserialize(topic, each.value());
          if (event.getEventId().equals(result.getEventId())) {
            return event;
          }
        }
      }
    }
    return null;
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
