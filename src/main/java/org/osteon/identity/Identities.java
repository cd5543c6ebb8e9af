package org.osteon.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.osteon.event.Identity;
import org.osteon.event.registry.EventSerdes;

/**
 * Everything that {@code topics.identities} holds, sealed as it came, half a kilobyte an image.
 * Read from the beginning at each start: there is no copy of it anywhere, and what was deleted is
 * gone.
 *
 * <p><b>Threading.</b> Any number of threads ask; one of them at a time reads on.
 */
public final class Identities implements AutoCloseable {
  private final Map<String, byte[]> sealed = new ConcurrentHashMap<>();
  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<Identity> deserializer;
  private final IdentitySeal seal;
  private final String topic;
  private final List<TopicPartition> partitions;

  /**
   * @param consumer of bytes, in no group; closed here
   * @param topic {@code topics.identities}
   */
  public Identities(
      Consumer<byte[], byte[]> consumer, EventSerdes serdes, IdentitySeal seal, String topic) {
    this.consumer = consumer;
    this.deserializer = serdes.identities().deserializer();
    this.seal = seal;
    this.topic = topic;
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Reads on to what is the topic's end now.
   *
   * @throws org.apache.kafka.common.KafkaException the brokers do not answer or refuse
   */
  public synchronized void readToEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        if (record.key() == null) {
          continue;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
          sealed.remove(key);
        } else {
          sealed.put(key, record.value());
        }
      }
    }
  }

  /**
   * Whose image it is, reading on first. Its gateway wrote that before its event, so what the topic
   * does not hold by now was deleted, or never written.
   *
   * @param study as in the event
   * @param instance as in the event
   * @throws IdentitySeal.UnopenedException it is there, and none of the keys opens it
   */
  public Optional<Original> of(String study, String instance)
      throws IdentitySeal.UnopenedException {
    // Always, so that what was deleted a moment ago is not sent from memory.
    readToEnd();
    return opened(IdentityTopic.key(study, instance));
  }

  private Optional<Original> opened(String key) throws IdentitySeal.UnopenedException {
    byte[] value = sealed.get(key);
    return value == null
        ? Optional.empty()
        : Optional.of(seal.open(deserializer.deserialize(topic, value)));
  }

  /**
   * The numbers of an order, as of the last reading: to be asked for behind {@link #of}. Who takes
   * orders in wrote them before the order itself, where it has the site's key.
   *
   * @param number its pseudonym
   * @throws IdentitySeal.UnopenedException they are there, and none of the keys opens them
   */
  public Optional<Original> ofOrder(String number) throws IdentitySeal.UnopenedException {
    return opened(IdentityTopic.key(IdentityTopic.order(number), ""));
  }

  /** All that is there, for those who delete. */
  synchronized Map<String, Identity> all() {
    readToEnd();
    Map<String, Identity> all = new ConcurrentHashMap<>();
    sealed.forEach((key, value) -> all.put(key, deserializer.deserialize(topic, value)));
    return all;
  }

  /** Images and orders whose identity is held. */
  public int size() {
    return sealed.size();
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
