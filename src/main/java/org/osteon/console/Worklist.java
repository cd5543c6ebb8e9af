package org.osteon.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.osteon.limit.BoundedMap;

/**
 * What waits for a person, by id: it may be done before it is known, because topics are read one
 * after another. Bounded: the oldest are counted and shown no more.
 *
 * <p><b>Threading.</b> One at a time.
 */
final class Worklist<T> {
  private static final int MOST_OPEN = 2000;
  private static final int MOST_DONE = 100_000;

  private final Map<String, Key> keys = new HashMap<>();
  private final TreeMap<Key, T> open =
      new TreeMap<>(Comparator.comparingLong(Key::time).thenComparing(Key::id));
  private final Map<String, Boolean> done = BoundedMap.byAge(MOST_DONE);
  private final Function<T, String> id;
  private final Function<T, Long> time;
  private long beyond;

  /** Where one lies. */
  private record Key(long time, String id) {}

  /**
   * @param time milliseconds since the epoch
   */
  Worklist(Function<T, String> id, Function<T, Long> time) {
    this.id = id;
    this.time = time;
  }

  /** One more; nothing where it is there or done already. */
  void add(T one) {
    Key key = new Key(time.apply(one), id.apply(one));
    if (done.containsKey(key.id) || keys.putIfAbsent(key.id, key) != null) {
      return;
    }
    open.put(key, one);
    if (open.size() > MOST_OPEN) {
      Map.Entry<Key, T> oldest = open.pollFirstEntry();
      keys.remove(oldest.getKey().id);
      beyond++;
    }
  }

  /** It waits no longer. */
  void done(String which) {
    done.put(which, true);
    Key key = keys.remove(which);
    if (key != null) {
      open.remove(key);
    }
  }

  /** Whether it waits, and is shown. */
  boolean waits(String which) {
    return keys.containsKey(which);
  }

  /** The newest of those that wait. */
  List<T> newest(int most) {
    List<T> newest = new ArrayList<>();
    for (T each : open.descendingMap().values()) {
      if (newest.size() == most) {
        break;
      }
      newest.add(each);
    }
    return newest;
  }

  /** How many wait. */
  long size() {
    return open.size() + beyond;
  }
}
