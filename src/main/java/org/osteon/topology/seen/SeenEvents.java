package org.osteon.topology.seen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.ResultIds;
import org.osteon.streams.Changelogs;
import org.osteon.streams.Sweep;
import org.osteon.topology.record.EventFacts;

/**
 * The first result of each event of the last hours: ids and answers, never images.
 *
 * <p>An event is nearly always new, and a question that finds nothing is what costs: RocksDB's Java
 * binding throws for it. So there is one question for an event, by its own id alone, and the value
 * says when it was answered. What is too old is found by going round all that is remembered, a
 * little at a time, and never in one go that a stream thread would stand still for. The time is the
 * service's own: Kafka's window stores go by the records' timestamps, and one publisher with a
 * clock ahead would empty them. On disk, with a changelog; values are Avro with a fingerprint, so
 * that reading them needs no registry.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class SeenEvents {
  public static final String NAME = "seen-events";

  /** Events between two steps of the round: a step opens an iterator, which costs. */
  static final int STEP_EVENTS = 64;

  /** Looked at in a step, for each event since the last: one in so many is too old, at most. */
  static final int LOOKED_AT_EACH = 8;

  private static final int ID_BYTES = 16;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Clock clock;
  private final long windowMillis;
  private int sinceStep;

  /** Begins at the event that is remembered then, so anywhere. */
  private @Nullable Sweep<Bytes, byte[]> round;

  /**
   * @param settings with a window longer than zero
   */
  public SeenEvents(
      KeyValueStore<Bytes, byte[]> store, DeduplicationSettings settings, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.windowMillis = settings.window().toMillis();
  }

  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Changelogs.SMALL_SEGMENTS)
        .withCachingDisabled();
  }

  /**
   * What was answered.
   *
   * @param result the first
   * @param offset of the record that it answered
   */
  record Seen(ClassificationResult result, long offset) {}

  /** The first answer to that event of that study, or null where none is remembered. */
  @Nullable Seen find(EventFacts event) {
    byte[] found = store.get(key(event));
    return found == null || isTooOld(found) ? null : decode(found);
  }

  void remember(EventFacts event, ClassificationResult result, long offset) {
    ByteBuffer encoded;
    try {
      encoded = result.toByteBuffer();
    } catch (IOException e) {
      throw new IllegalStateException("A result cannot be written.", e);
    }
    byte[] value =
        ByteBuffer.allocate(2 * Long.BYTES + encoded.remaining())
            .putLong(clock.millis())
            .putLong(offset)
            .put(encoded)
            .array();
    Bytes key = key(event);
    store.put(key, value);
    sinceStep++;
    if (sinceStep >= STEP_EVENTS) {
      sinceStep = 0;
      if (round == null) {
        round = new Sweep<>(store, key);
      }
      round.look(STEP_EVENTS * LOOKED_AT_EACH, this::forget);
    }
  }

  private void forget(Bytes key, byte[] value) {
    // Keys of another length are of a release before, which began them with the time.
    if (key.get().length != ID_BYTES || isTooOld(value)) {
      store.delete(key);
    }
  }

  private boolean isTooOld(byte[] value) {
    return clock.millis() - ByteBuffer.wrap(value).getLong() > windowMillis;
  }

  private static @Nullable Seen decode(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value).position(Long.BYTES);
    long offset = bytes.getLong();
    try {
      return new Seen(ClassificationResult.fromByteBuffer(bytes.slice()), offset);
    } catch (IOException | AvroRuntimeException e) {
      // Written with the schema of another release: as good as never seen.
      return null;
    }
  }

  /** The study is part of it: publishers make up their ids without asking one another. */
  private static Bytes key(EventFacts event) {
    return Bytes.wrap(ResultIds.event(event.studyInstanceUid(), event.eventId()));
  }
}
