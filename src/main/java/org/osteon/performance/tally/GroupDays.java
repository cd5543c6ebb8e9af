package org.osteon.performance.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The sums of one task, by group and day.
 *
 * <p><b>Threading.</b> The task's.
 */
final class GroupDays {
  private static final byte[] MARK = {1};

  private final KeyValueStore<String, long[]> days;
  private final KeyValueStore<String, byte[]> dirty;

  GroupDays(KeyValueStore<String, long[]> days, KeyValueStore<String, byte[]> dirty) {
    this.days = days;
    this.dirty = dirty;
  }

  /** Takes back what the case said before, and counts what it says now. */
  void change(Scope scope, CaseChange change) {
    Case before = change.before();
    Case after = change.after();
    if (before != null) {
      Group.of(scope, before).forEach(group -> add(group.key(before.day()), before, -1));
    }
    if (after != null) {
      Group.of(scope, after).forEach(group -> add(group.key(after.day()), after, 1));
    }
  }

  private void add(String key, Case counted, int times) {
    DayCounts sums = DayCounts.of(days.get(key));
    sums.add(counted, times);
    if (sums.isEmpty()) {
      days.delete(key);
    } else {
      days.put(key, sums.stored());
    }
    dirty.put(key, MARK);
  }

  /** Keys of what changed and was not published since, at most that many. */
  List<String> changed(int most) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = dirty.all()) {
      while (all.hasNext() && keys.size() < most) {
        keys.add(all.next().key);
      }
    }
    return keys;
  }

  void published(String key) {
    dirty.delete(key);
  }

  DayCounts at(String key) {
    return DayCounts.of(days.get(key));
  }

  /** A group's sums from one day to another, by days since 1970; days without a case are absent. */
  SortedMap<Long, DayCounts> range(Group group, long from, long to) {
    SortedMap<Long, DayCounts> found = new TreeMap<>();
    try (KeyValueIterator<String, long[]> range = days.range(group.key(from), group.key(to))) {
      while (range.hasNext()) {
        KeyValue<String, long[]> each = range.next();
        found.put(Group.day(each.key), DayCounts.of(each.value));
      }
    }
    return found;
  }

  /** Forgets a day. */
  void forget(Group group, long day) {
    days.delete(group.key(day));
    dirty.delete(group.key(day));
  }
}
