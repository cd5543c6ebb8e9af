package org.osteon.identity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Identity;
import org.osteon.event.registry.EventSerdes;

/**
 * Writes sealed identities. The same image is the same key, so what is written again replaces what
 * was there, under the newest of the site's keys.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
public final class IdentityPublisher {
  private final Producer<byte[], byte[]> producer;
  private final Serializer<Identity> serializer;
  private final IdentitySeal seal;
  private final String topic;

  /**
   * @param producer closed by its creator
   * @param topic {@code topics.identities}
   */
  public IdentityPublisher(
      Producer<byte[], byte[]> producer, EventSerdes serdes, IdentitySeal seal, String topic) {
    this.producer = producer;
    this.serializer = serdes.identities().serializer();
    this.seal = seal;
    this.topic = topic;
  }

  /**
   * Seals and sends.
   *
   * @return done when the brokers have acknowledged; fails, or the call throws, where it did not
   *     arrive
   */
  public Future<RecordMetadata> publish(IdentitySeal.Pseudonymous image, Original original) {
    Identity identity =
        seal.seal(image, original, Instant.ofEpochMilli(System.currentTimeMillis()));
    return send(IdentityTopic.key(identity), serializer.serialize(topic, identity));
  }

  /** Takes an image's identity away: a tombstone. */
  Future<RecordMetadata> forget(String key) {
    return send(key, null);
  }

  private Future<RecordMetadata> send(String key, byte @Nullable [] value) {
    CompletableFuture<RecordMetadata> outcome = new CompletableFuture<>();
    try {
      int partition =
          IdentityTopic.partition(IdentityTopic.study(key), producer.partitionsFor(topic).size());
      producer.send(
          new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), value),
          (where, error) -> {
            if (error == null) {
              outcome.complete(where);
            } else {
              outcome.completeExceptionally(error);
            }
          });
    } catch (KafkaException e) {
      outcome.completeExceptionally(e);
    }
    return outcome;
  }
}
