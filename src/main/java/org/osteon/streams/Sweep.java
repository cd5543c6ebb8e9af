package org.osteon.streams;

import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Goes round what a store holds again and again, a few at each look: through all of millions at
 * once a stream thread would stand still for minutes.
 *
 * <p><b>Threading.</b> One stream thread.
 *
 * @param <K> the store's keys
 * @param <V> its values
 */
public final class Sweep<K, V> {
  private static final int LOOKS_OF_A_ROUND = 3_600;

  /** Cheap, and of a small store it is all. */
  private static final int LEAST = 20;

  private final KeyValueStore<K, V> store;

  /** Where the next look begins; null for the beginning. */
  private @Nullable K next;

  /**
   * @param from where it begins, null for the store's first key: who is often started anew begins
   *     anywhere, so that all is seen some day
   */
  public Sweep(KeyValueStore<K, V> store, @Nullable K from) {
    this.store = store;
    this.next = from;
  }

  /**
   * Shows so many that a round takes an hour where there is a look a second; they may be deleted.
   * More would cost a store of millions, whose values must be read for it, more than what arrives.
   */
  public void look(BiConsumer<K, V> seen) {
    long all = store.approximateNumEntries();
    look((int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, all / LOOKS_OF_A_ROUND + 1)), seen);
  }

  /** Shows the next so many, which may be deleted. */
  public void look(int count, BiConsumer<K, V> seen) {
    try (KeyValueIterator<K, V> some = store.range(next, null)) {
      for (int i = 0; i < count && some.hasNext(); i++) {
        KeyValue<K, V> each = some.next();
        seen.accept(each.key, each.value);
      }
      next = some.hasNext() ? some.peekNextKey() : null;
    }
  }
}
