package org.osteon.performance.join;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one task knows of studies or of orders, and which of them are too old to wait for anything.
 *
 * <p><b>Threading.</b> The task's.
 *
 * @param <V> what is known of one
 */
final class Remembered<V extends Remembered.Dated> {
  private static final byte[] MARK = {1};
  private static final String SLASH = "/";

  private final KeyValueStore<String, V> records;
  private final KeyValueStore<String, byte[]> expiry;

  /** What ages. */
  interface Dated {
    /** From when on it ages, milliseconds since the epoch. */
    long since();
  }

  /**
   * @param records by study, or by order
   * @param expiry the same by day, so that old ones are found without a search
   */
  Remembered(KeyValueStore<String, V> records, KeyValueStore<String, byte[]> expiry) {
    this.records = records;
    this.expiry = expiry;
  }

  static Remembered<StudyRecord> studies(ProcessingContext context) {
    return new Remembered<>(
        context.getStateStore(JoinStores.STUDIES), context.getStateStore(JoinStores.EXPIRY));
  }

  static Remembered<OrderRecord> orders(ProcessingContext context) {
    return new Remembered<>(
        context.getStateStore(JoinStores.ORDERS), context.getStateStore(JoinStores.ORDERS_EXPIRY));
  }

  /** What is known of it; null where nothing is. */
  @Nullable V find(String key) {
    return records.get(key);
  }

  /**
   * @param before what {@link #find} gave
   */
  void put(String key, @Nullable V before, V after) {
    String now = key(after.since(), key);
    String old = before == null ? null : key(before.since(), key);
    if (!now.equals(old)) {
      if (old != null) {
        expiry.delete(old);
      }
      expiry.put(now, MARK);
    }
    records.put(key, after);
  }

  /**
   * Forgets those whose day lies before that time; what is counted of them stays counted.
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

  /** Whether both are of one day, so that it makes no difference here. */
  static boolean sameDay(long millis, long others) {
    return TimeUnit.MILLISECONDS.toDays(millis) == TimeUnit.MILLISECONDS.toDays(others);
  }

  private static String key(long millis, String key) {
    return day(millis) + SLASH + key;
  }

  /** In the order of days. */
  private static String day(long millis) {
    return LocalDate.ofEpochDay(TimeUnit.MILLISECONDS.toDays(millis)).toString();
  }
}
