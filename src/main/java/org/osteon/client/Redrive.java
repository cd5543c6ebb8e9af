package org.osteon.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.DeadLetter;
import org.osteon.event.KafkaFault;
import org.osteon.event.Redrives;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;

/**
 * Publishes dead letters again: their original keys and values byte for byte, their headers, and
 * one header more that counts how often.
 *
 * <p>Where it got to is committed ({@link RedriveMarks}), so a second run publishes only what has
 * died since, whether the first was for one reason or for all. A letter that dies again carries the
 * count on: after {@code max} rounds it stays where it is.
 */
public final class Redrive {
  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Settings settings;
  private final RedriveFilter filter;
  private final int max;
  private final boolean again;
  private final double rate;

  /**
   * @param filter which letters; where it asks for a time nothing is remembered of the run
   * @param max how often one event may be published again
   * @param again begins with the oldest letter instead of where the last run ended
   * @param rate events a second at most; 0 for no limit
   */
  public Redrive(Settings settings, RedriveFilter filter, int max, boolean again, double rate) {
    this.settings = settings;
    this.filter = filter;
    this.max = max;
    this.again = again;
    this.rate = rate;
  }

  /** Told of what happens. */
  public interface Watch {
    /** A letter is published again, or would be. */
    void taken(DeadLetter letter);

    /** So many of so many offsets were looked at. */
    void progress(long done, long total);
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
   * @throws KafkaFault a letter could not be read or an event not be published; where it got to
   *     before is committed, so the next run goes on there
   */
  public Outcome run(boolean dryRun, Watch watch) throws InterruptedException {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    String topic = settings.get(TopicKeys.DEAD_LETTERS);
    Map<String, Object> group =
        Map.of(
            "group.id",
            RedriveMarks.group(
                settings.get(KafkaKeys.APPLICATION_ID), filter.reason(), filter.stage()),
            "allow.auto.create.topics",
            false);
    try (var admin = PlainClients.admin(settings);
        var letters = PlainClients.consumer(settings, group);
        var producer = PlainClients.producer(settings)) {
      List<TopicPartition> partitions = TopicFollower.partitions(letters, topic);
      letters.assign(partitions);
      Map<TopicPartition, Long> ends = letters.endOffsets(partitions);
      RedriveMarks marks = new RedriveMarks(admin, settings.get(KafkaKeys.APPLICATION_ID));
      letters.seekToBeginning(partitions);
      long first = partitions.stream().mapToLong(letters::position).sum();
      long total = ends.values().stream().mapToLong(Long::longValue).sum() - first;
      long committedNanos = System.nanoTime();
      Run run = new Run(serdes.deadLetters().deserializer(), producer, marks, dryRun, watch);
      while (partitions.stream().anyMatch(p -> letters.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> found : letters.poll(Duration.ofMillis(200))) {
          // What this run's own events make of themselves is for the next one.
          TopicPartition partition = new TopicPartition(found.topic(), found.partition());
          if (found.offset() < ends.getOrDefault(partition, 0L)) {
            run.take(found);
          }
        }
        watch.progress(partitions.stream().mapToLong(letters::position).sum() - first, total);
        if (System.nanoTime() - committedNanos > COMMIT_NANOS) {
          commit(run, letters, ends);
          committedNanos = System.nanoTime();
        }
      }
      commit(run, letters, ends);
      return new Outcome(run.published, run.guarded, run.elsewhere);
    } catch (KafkaException e) {
      throw KafkaFault.of("redrive " + topic, e);
    }
  }

  /** What was looked at is done, once all that came of it has arrived. */
  private void commit(Run run, Consumer<byte[], byte[]> letters, Map<TopicPartition, Long> ends) {
    run.producer.flush();
    run.throwIfFailed();
    if (run.dryRun || filter.isTimed()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
    ends.forEach(
        (partition, end) ->
            reached.put(
                partition, new OffsetAndMetadata(Math.min(end, letters.position(partition)))));
    letters.commitSync(reached);
  }

  /**
   * The event that a letter was, with its count one higher; null where that has reached the max.
   */
  private @Nullable ProducerRecord<byte[], byte[]> event(DeadLetter letter, Headers carried) {
    int before = Redrives.of(carried);
    if (before >= max) {
      return null;
    }
    Headers headers = new RecordHeaders(carried.toArray());
    Redrives.set(headers, before + 1);
    return new ProducerRecord<>(
        settings.get(TopicKeys.EVENTS),
        null,
        null,
        bytes(letter.getOriginalKey()),
        bytes(letter.getOriginalValue()),
        headers);
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
    private final Watch watch;
    private final RateLimiter pace = new RateLimiter(rate);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int published;
    private int guarded;
    private int elsewhere;

    Run(
        Deserializer<DeadLetter> deserializer,
        Producer<byte[], byte[]> producer,
        RedriveMarks marks,
        boolean dryRun,
        Watch watch) {
      this.deserializer = deserializer;
      this.producer = producer;
      this.marks = marks;
      this.dryRun = dryRun;
      this.watch = watch;
    }

    void take(ConsumerRecord<byte[], byte[]> found) throws InterruptedException {
      TopicPartition partition = new TopicPartition(found.topic(), found.partition());
      if (!again && marks.seenByAll(partition, found.offset())) {
        return;
      }
      DeadLetter letter = deserializer.deserialize(found.topic(), found.value());
      if (letter == null || !filter.matches(letter)) {
        return;
      }
      if (!again && marks.seen(partition, found.offset(), letter)) {
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
      watch.taken(letter);
      if (!dryRun) {
        pace.await();
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
        throw KafkaFault.of("publish to " + settings.get(TopicKeys.EVENTS), first);
      }
    }
  }
}
