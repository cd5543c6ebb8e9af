package org.osteon.deliver;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Redrives;
import org.osteon.event.Source;
import org.osteon.event.Undelivered;
import org.osteon.event.registry.EventSerdes;

/**
 * Takes records of {@code topics.results} and {@code topics.undelivered} apart, for one target.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
final class Letters {
  private final Deserializer<ClassificationResult> results;
  private final Deserializer<Undelivered> undelivered;
  private final List<String> topics;
  private final String target;

  /**
   * @param topics results, then undelivered
   * @param target its name
   */
  Letters(EventSerdes serdes, List<String> topics, String target) {
    this.results = serdes.results().deserializer();
    this.undelivered = serdes.undelivered().deserializer();
    this.topics = topics;
    this.target = target;
  }

  /** The registry is away: what it knows of is read later. */
  static final class RegistryAwayException extends RetriableException {
    private static final long serialVersionUID = 1L;

    RegistryAwayException(Throwable cause) {
      super(cause);
    }
  }

  List<String> topics() {
    return topics;
  }

  /**
   * @param attempts before this process
   * @return empty where it is nothing for this target; with no result where it is none
   * @throws RegistryAwayException the registry is away
   */
  Optional<Item> read(ConsumerRecord<byte[], byte[]> record, int attempts) {
    byte[] value = record.value();
    if (value == null) {
      return Optional.empty();
    }
    boolean redriven = record.topic().equals(topics.get(1));
    Source source =
        new Source(record.topic(), record.partition(), record.offset(), record.timestamp());
    try {
      if (redriven) {
        Undelivered letter =
            Redrives.of(record.headers()) > 0
                ? undelivered.deserialize(record.topic(), value)
                : null;
        if (letter == null || !letter.getTarget().equals(target)) {
          return Optional.empty();
        }
        value = bytes(letter.getResult());
        source = letter.getSource();
      }
      Item item = new Item(record, value, source, redriven, attempts);
      item.decoded(results.deserialize(topics.get(0), value));
      return Optional.of(item);
    } catch (SerializationException | AvroRuntimeException e) {
      if (Passing.is(e)) {
        throw new RegistryAwayException(e);
      }
      return Optional.of(new Item(record, value, source, redriven, attempts));
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
