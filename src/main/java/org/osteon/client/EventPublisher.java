package org.osteon.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.KafkaFault;
import org.osteon.event.TopicPlan;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;

/**
 * Publishes events, keyed by study, and remembers whether all of them arrived.
 *
 * <p><b>Threading.</b> Safe for any number of publishing threads.
 */
public final class EventPublisher implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final Serializer<XRayEvent> serializer;
  private final String topic;
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();

  /**
   * @throws org.osteon.event.registry.RegistryRefusedException the schema was never registered, or
   *     the registry refuses us
   * @throws org.osteon.event.registry.RegistryUnavailableException it cannot be reached
   */
  public EventPublisher(Settings settings) {
    this(settings, Map.of());
  }

  /**
   * @param further settings of the producer, weaker than {@code kafka.*}
   */
  public EventPublisher(Settings settings, Map<String, Object> further) {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    serdes.warm(TopicPlan.Writer.PUBLISHER);
    this.serializer = serdes.events().serializer();
    this.topic = settings.get(TopicKeys.EVENTS);
    this.producer = PlainClients.producer(settings, further);
  }

  /**
   * Hands the event to the producer; blocks while its buffer is full.
   *
   * @return where it came to lie, or why it did not arrive
   */
  public CompletableFuture<RecordMetadata> publish(XRayEvent event) {
    byte[] key = event.getStudyInstanceUid().getBytes(StandardCharsets.UTF_8);
    return send(new ProducerRecord<>(topic, key, serializer.serialize(topic, event)));
  }

  /** Sends bytes as they are, for tests and demonstrations of what a service must survive. */
  public CompletableFuture<RecordMetadata> publishRaw(byte[] key, byte @Nullable [] value) {
    return send(new ProducerRecord<>(topic, key, value));
  }

  private CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> message) {
    CompletableFuture<RecordMetadata> outcome = new CompletableFuture<>();
    try {
      producer.send(
          message,
          (where, error) -> {
            if (error == null) {
              arrived.incrementAndGet();
              outcome.complete(where);
            } else {
              fail(error, outcome);
            }
          });
    } catch (KafkaException e) {
      fail(e, outcome);
    }
    return outcome;
  }

  private void fail(Exception error, CompletableFuture<RecordMetadata> outcome) {
    failed.incrementAndGet();
    firstFailure.compareAndSet(null, error);
    outcome.completeExceptionally(error);
  }

  /** Events that the brokers have acknowledged. */
  public long arrived() {
    return arrived.get();
  }

  /** Events that did not arrive. */
  public long failed() {
    return failed.get();
  }

  /** Stops early where going on is pointless: the first event already failed. */
  public void throwIfFailed() {
    Exception first = firstFailure.get();
    if (first != null) {
      throw KafkaFault.of("publish %d of the events to %s".formatted(failed.get(), topic), first);
    }
  }

  /**
   * Waits until each event has arrived or failed.
   *
   * @throws KafkaFault one has failed
   */
  public void awaitAll() {
    producer.flush();
    throwIfFailed();
  }

  @Override
  public void close() {
    producer.close();
  }
}
