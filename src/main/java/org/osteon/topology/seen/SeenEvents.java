package org.osteon.topology.seen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
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
import org.osteon.topology.record.EventFacts;

/**
 * The first result of each event of the last hours: ids and answers, never images.
 *
 * <p>Keys begin with the twelfth of the window in which the event was answered, so what is too old
 * lies together and goes with one look. The time is the service's own: Kafka's window stores go by
 * the records' timestamps, and one publisher with a clock ahead would empty them. In memory, with a
 * changelog; values are Avro with a fingerprint, so that reading them needs no registry.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class SeenEvents {
  public static final String NAME = "seen-events";

  private static final int PARTS = 12;

  private final KeyValueStore<Bytes, byte[]> store;
  private final DeduplicationSettings settings;
  private final Clock clock;
  private final long partMillis;
  private long swept;
  private long entries;

  /**
   * @param settings with a window longer than zero
   */
  public SeenEvents(
      KeyValueStore<Bytes, byte[]> store, DeduplicationSettings settings, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.partMillis = Math.max(1, settings.window().toMillis() / PARTS);
    this.entries = store.approximateNumEntries();
  }

  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of())
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
    sweep(part);
    if (entries >= settings.maxEvents()) {
      forget(null, 1 + settings.maxEvents() / 16);
    }
    ByteBuffer encoded;
    try {
      encoded = result.toByteBuffer();
    } catch (IOException e) {
      throw new IllegalStateException("A result cannot be written.", e);
    }
    byte[] value =
        ByteBuffer.allocate(Long.BYTES + encoded.remaining()).putLong(offset).put(encoded).array();
    store.put(key(part, event), value);
    entries++;
  }

  private void sweep(long part) {
    if (part != swept) {
      swept = part;
      forget(Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(part - PARTS).array()), entries);
    }
  }

  /**
   * @param before keys that come before it; null for all
   * @param most so many of them, the oldest first
   */
  private void forget(@Nullable Bytes before, long most) {
    try (KeyValueIterator<Bytes, byte[]> oldest = store.range(null, before)) {
      for (long i = 0; i < most && oldest.hasNext(); i++) {
        store.delete(oldest.next().key);
      }
    }
    entries = store.approximateNumEntries();
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
