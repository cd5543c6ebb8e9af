package org.osteon.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.event.DeadLetter;
import org.osteon.event.EventSerdes;
import org.osteon.event.KafkaFault;
import org.osteon.event.Registry;

/**
 * Publishes dead letters again: their original keys and values byte for byte, their headers, and
 * one header more that counts how often.
 *
 * <p>Where it got to is committed ({@link RedriveMarks}), so a second run publishes only what has
 * died since, whether the first was for one reason or for all. A letter that dies again carries the
 * count on: after {@code max} rounds it stays where it is.
 */
public final class Redrive {
  /** Counts how often an event was published again; decimal digits. */
  public static final String HEADER = "osteon-redrives";

  private final Settings settings;
  private final @Nullable String reason;
  private final int max;
  private final boolean again;

  /**
   * @param reason only letters of that reason, or null for all
   * @param max how often one event may be published again
   * @param again begins with the oldest letter instead of where the last run ended
   */
  public Redrive(Settings settings, @Nullable String reason, int max, boolean again) {
    this.settings = settings;
    this.reason = reason;
    this.max = max;
    this.again = again;
  }

  /**
   * What came of it.
   *
   * @param published events published again, or that would be
   * @param guarded letters left because they had their rounds
   * @param elsewhere letters left because the original is too large to be in them
   */
  public record Outcome(int published, int guarded, int elsewhere) {}

  /**
   * @param dryRun publishes and commits nothing
   * @param each told of each letter that is published again
   * @throws KafkaFault a letter could not be read or an event not be published; nothing is
   *     committed then, so the next run does it again
   */
  public Outcome run(boolean dryRun, Consumer<DeadLetter> each) {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    String topic = settings.deadLettersTopic();
    Map<String, Object> group =
        Map.of(
            "group.id",
            RedriveMarks.group(settings.applicationId(), reason),
            "allow.auto.create.topics",
            false);
    try (var admin = KafkaClients.admin(settings);
        var letters = KafkaClients.consumer(settings, group);
        var producer = KafkaClients.producer(settings)) {
      List<TopicPartition> partitions = TopicFollower.partitions(letters, topic);
      letters.assign(partitions);
      Map<TopicPartition, Long> ends = letters.endOffsets(partitions);
      RedriveMarks marks = new RedriveMarks(admin, settings.applicationId());
      letters.seekToBeginning(partitions);
      Run run = new Run(serdes.deadLetters().deserializer(), producer, marks, dryRun, each);
      while (partitions.stream().anyMatch(p -> letters.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> found : letters.poll(Duration.ofMillis(200))) {
          // What this run's own events make of themselves is for the next one.
          TopicPartition partition = new TopicPartition(found.topic(), found.partition());
          if (found.offset() < ends.getOrDefault(partition, 0L)) {
            run.take(found);
          }
        }
      }
      producer.flush();
      run.throwIfFailed();
      if (!dryRun) {
        Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
        ends.forEach((partition, end) -> reached.put(partition, new OffsetAndMetadata(end)));
        letters.commitSync(reached);
      }
      return new Outcome(run.published, run.guarded, run.elsewhere);
    } catch (KafkaException e) {
      throw KafkaFault.of("redrive " + topic, e);
    }
  }

  /**
   * The event that a letter was, with its count one higher; null where that has reached the max.
   */
  private @Nullable ProducerRecord<byte[], byte[]> event(DeadLetter letter, Headers carried) {
    int before = count(carried);
    if (before >= max) {
      return null;
    }
    Headers headers = new RecordHeaders(carried.toArray());
    headers.remove(HEADER);
    headers.add(HEADER, Integer.toString(before + 1).getBytes(StandardCharsets.US_ASCII));
    return new ProducerRecord<>(
        settings.eventsTopic(),
        null,
        null,
        bytes(letter.getOriginalKey()),
        bytes(letter.getOriginalValue()),
        headers);
  }

  private static int count(Headers headers) {
    Header last = headers.lastHeader(HEADER);
    try {
      return last == null || last.value() == null
          ? 0
          : Integer.parseInt(new String(last.value(), StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      // Someone else's header of that name: the guard must hold all the same.
      return Integer.MAX_VALUE;
    }
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** One pass over the letters; for one thread, but for the producer's callbacks. */
  private final class Run {
    private final Deserializer<DeadLetter> deserializer;
    private final Producer<byte[], byte[]> producer;
    private final RedriveMarks marks;
    private final boolean dryRun;
    private final Consumer<DeadLetter> each;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int published;
    private int guarded;
    private int elsewhere;

    Run(
        Deserializer<DeadLetter> deserializer,
        Producer<byte[], byte[]> producer,
        RedriveMarks marks,
        boolean dryRun,
        Consumer<DeadLetter> each) {
      this.deserializer = deserializer;
      this.producer = producer;
      this.marks = marks;
      this.dryRun = dryRun;
      this.each = each;
    }

    void take(ConsumerRecord<byte[], byte[]> found) {
      TopicPartition partition = new TopicPartition(found.topic(), found.partition());
      if (!again && found.offset() < marks.next(partition, null)) {
        return;
      }
      DeadLetter letter = deserializer.deserialize(found.topic(), found.value());
      if (letter == null || (reason != null && !reason.equals(letter.getReason()))) {
        return;
      }
      if (!again && found.offset() < marks.next(partition, letter.getReason())) {
        return;
      }
      if (letter.getOriginalTruncated()) {
        elsewhere++;
        return;
      }
      ProducerRecord<byte[], byte[]> event = event(letter, found.headers());
      if (event == null) {
        guarded++;
        return;
      }
      published++;
      each.accept(letter);
      if (!dryRun) {
        throwIfFailed();
        producer.send(
            event,
            (where, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
      }
    }

    void throwIfFailed() {
      Exception first = failure.get();
      if (first != null) {
        throw KafkaFault.of("publish to " + settings.eventsTopic(), first);
      }
    }
  }
}
