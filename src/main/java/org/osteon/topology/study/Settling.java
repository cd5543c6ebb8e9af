package org.osteon.topology.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Studies that may still get an image, the one that waited longest first. What the store holds is
 * read once, when a task begins; from then on each look costs what is due and no more.
 *
 * <p><b>Threading.</b> One stream thread.
 */
final class Settling {
  private final Map<String, Long> touched = new LinkedHashMap<>();
  private final KeyValueStore<String, Long> store;
  private final Duration after;

  /**
   * @param store of what is open, restored
   * @param after time without a new image after which a study is settled
   */
  Settling(KeyValueStore<String, Long> store, Duration after) {
    this.store = store;
    this.after = after;
    List<KeyValue<String, Long>> open = new ArrayList<>();
    try (KeyValueIterator<String, Long> all = store.all()) {
      all.forEachRemaining(open::add);
    }
    open.sort(Comparator.comparing(each -> each.value));
    open.forEach(each -> touched.put(each.key, each.value));
  }

  /** An image came. */
  void touched(String study, long atMillis) {
    touched.remove(study);
    touched.put(study, atMillis);
    store.put(study, atMillis);
  }

  /** A study was found open; of those that an older release wrote down nothing else tells. */
  void found(String study, long atMillis) {
    if (!touched.containsKey(study)) {
      touched(study, atMillis);
    }
  }

  /** Takes out the studies to which no image has come for long. */
  List<String> due(long nowMillis) {
    List<String> due = new ArrayList<>();
    Iterator<Map.Entry<String, Long>> oldest = touched.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<String, Long> each = oldest.next();
      if (nowMillis - each.getValue() < after.toMillis()) {
        break;
      }
      due.add(each.getKey());
      oldest.remove();
      store.delete(each.getKey());
    }
    return due;
  }
}
