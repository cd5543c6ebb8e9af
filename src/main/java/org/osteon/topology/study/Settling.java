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
  private final Duration after;

  private Settling(Duration after) {
    this.after = after;
  }

  /**
   * @param store of studies, restored
   * @param after time without a new image after which a study is settled
   */
  static Settling of(KeyValueStore<String, StudyState> store, Duration after) {
    List<KeyValue<String, Long>> open = new ArrayList<>();
    try (KeyValueIterator<String, StudyState> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, StudyState> each = all.next();
        if (!each.value.rests()) {
          open.add(KeyValue.pair(each.key, each.value.touchedAt()));
        }
      }
    }
    open.sort(Comparator.comparing(each -> each.value));
    Settling settling = new Settling(after);
    open.forEach(each -> settling.touched.put(each.key, each.value));
    return settling;
  }

  /** An image came. */
  void touched(String study, long atMillis) {
    touched.remove(study);
    touched.put(study, atMillis);
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
    }
    return due;
  }
}
