package org.osteon.topology.seen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.ResultIds;
import org.osteon.streams.Changelogs;
import org.osteon.topology.record.EventFacts;

/**
 * The first result of each event of the last hours: ids and answers, never images.
 *
 * <p>Keys begin with the twelfth of the window in which the event was answered, so what is too old
 * lies together. It goes a few at a time, with each event that is remembered, and never in one go
 * that a stream thread would stand still for. The time is the service's own: Kafka's window stores
 * go by the records' timestamps, and one publisher with a clock ahead would empty them. On disk,
 * with a changelog; values are Avro with a fingerprint, so that reading them needs no registry.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class SeenEvents {
  public static final String NAME = "seen-events";

  private static final int PARTS = 12;

  /** As many as come in, and a few of those that came while less was to be forgotten. */
  private static final int FORGOTTEN_EACH = 4;

  private static final Bytes FIRST = Bytes.wrap(new byte[Long.BYTES]);

  private final KeyValueStore<Bytes, byte[]> store;
  private final Clock clock;
  private final long partMillis;

  /** Nothing is left before it: what was deleted there would have to be stepped over. */
  private Bytes oldest = FIRST;

  /** The part before which nothing is left. */
  private long swept;

  /**
   * @param settings with a window longer than zero
   */
  public SeenEvents(
      KeyValueStore<Bytes, byte[]> store, DeduplicationSettings settings, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.partMillis = Math.max(1, settings.window().toMillis() / PARTS);
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
    long part = part();
    for (long each = part; each >= part - PARTS; each--) {
      byte[] found = store.get(key(each, event));
      if (found != null) {
        return decode(found);
      }
    }
    return null;
  }

  void remember(EventFacts event, ClassificationResult result, long offset) {
    long part = part();
    forget(part - PARTS);
    ByteBuffer encoded;
    try {
      encoded = result.toByteBuffer();
    } catch (IOException e) {
      throw new IllegalStateException("A result cannot be written.", e);
    }
    byte[] value =
        ByteBuffer.allocate(Long.BYTES + encoded.remaining()).putLong(offset).put(encoded).array();
    store.put(key(part, event), value);
  }

  /** A few of those that were answered before that part. */
  private void forget(long part) {
    if (part <= swept) {
      return;
    }
    Bytes before = Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(part).array());
    try (KeyValueIterator<Bytes, byte[]> old = store.range(oldest, before)) {
      for (int i = 0; i < FORGOTTEN_EACH; i++) {
        if (!old.hasNext()) {
          swept = part;
          return;
        }
        oldest = old.next().key;
        store.delete(oldest);
      }
    }
  }

  private static @Nullable Seen decode(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    long offset = bytes.getLong();
    try {
      return new Seen(ClassificationResult.fromByteBuffer(bytes.slice()), offset);
    } catch (IOException | AvroRuntimeException e) {
      // Written with the schema of another release: as good as never seen.
      return null;
    }
  }

  /** The study is part of it: publishers make up their ids without asking one another. */
  private static Bytes key(long part, EventFacts event) {
    byte[] id = ResultIds.event(event.studyInstanceUid(), event.eventId());
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + id.length).putLong(part).put(id).array());
  }

  private long part() {
    return clock.millis() / partMillis;
  }
}
