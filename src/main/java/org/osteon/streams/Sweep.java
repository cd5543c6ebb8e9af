package org.osteon.topology.study;

import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Goes through what a store holds again and again, a few at each look: through all of millions at
 * once a stream thread would stand still for minutes.
 *
 * <p><b>Threading.</b> One stream thread.
 */
final class Sweep<V> {
  /**
   * At a look a second, two million studies on twelve partitions are seen in a quarter of an hour.
   */
  private static final int EACH_LOOK = 200;

  private final KeyValueStore<String, V> store;

  /** Where the next look begins; null for the beginning. */
  private @Nullable String next;

  Sweep(KeyValueStore<String, V> store) {
    this.store = store;
  }

  /** Shows the next few, which may be deleted. */
  void look(BiConsumer<String, V> seen) {
    try (KeyValueIterator<String, V> some = store.range(next, null)) {
      for (int i = 0; i < EACH_LOOK && some.hasNext(); i++) {
        KeyValue<String, V> each = some.next();
        seen.accept(each.key, each.value);
      }
      next = some.hasNext() ? some.peekNextKey() : null;
    }
  }
}
