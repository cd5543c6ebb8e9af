package org.osteon.performance.join;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The studies of one task, and which of them are too old to wait for anything.
 *
 * <p><b>Threading.</b> The task's.
 */
final class Studies {
  private static final byte[] MARK = {1};
  private static final String SLASH = "/";

  private final KeyValueStore<String, StudyRecord> records;
  private final KeyValueStore<String, byte[]> expiry;

  private Studies(
      KeyValueStore<String, StudyRecord> records, KeyValueStore<String, byte[]> expiry) {
    this.records = records;
    this.expiry = expiry;
  }

  static Studies of(ProcessingContext context) {
    return new Studies(
        context.getStateStore(JoinStores.STUDIES), context.getStateStore(JoinStores.EXPIRY));
  }

  StudyRecord find(String study) {
    StudyRecord found = records.get(study);
    return found == null ? StudyRecord.NEW : found;
  }

  void put(String study, StudyRecord before, StudyRecord after) {
    String old = key(before.since(), study);
    String now = key(after.since(), study);
    if (before.equals(StudyRecord.NEW)) {
      expiry.put(now, MARK);
    } else if (!old.equals(now)) {
      expiry.delete(old);
      expiry.put(now, MARK);
    }
    records.put(study, after);
  }

  /**
   * Forgets studies whose day lies before that time; what is counted of them stays counted.
   *
   * @param millis since the epoch
   * @param most at once
   */
  void forget(long millis, int most) {
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> range = expiry.range("", day(millis))) {
      while (range.hasNext() && old.size() < most) {
        old.add(range.next().key);
      }
    }
    for (String key : old) {
      records.delete(key.substring(key.indexOf(SLASH) + 1));
      expiry.delete(key);
    }
  }

  private static String key(long millis, String study) {
    return day(millis) + SLASH + study;
  }

  /** In the order of days. */
  private static String day(long millis) {
    return LocalDate.ofEpochDay(TimeUnit.MILLISECONDS.toDays(millis)).toString();
  }
}
