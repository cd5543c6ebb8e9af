package org.osteon.performance.tally;

import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.osteon.streams.Changelogs;

/**
 * The stores of the tally: on disk, with changelogs, and with a cache, because a busy day's sums
 * change with every case and only the last of a commit need be written down.
 */
public final class TallyStores {
  /** Sums by group and day. */
  static final String DAYS = "days";

  /** Which of them are to be published. */
  static final String DIRTY = "dirty";

  /** What was published last of each group. */
  static final String GROUPS = "groups";

  private TallyStores() {}

  /**
   * What was published last of a group's thirty days.
   *
   * @param toDay their last, as days since 1970
   * @param alarms measures whose alarm stood
   */
  record Standing(long toDay, List<String> alarms) {}

  /** All of them. */
  public static List<StoreBuilder<?>> builders() {
    return List.of(
        of(DAYS, Json.serde(long[].class)),
        of(DIRTY, Serdes.ByteArray()),
        of(GROUPS, Json.serde(Standing.class)));
  }

  /** Their names. */
  public static String[] names() {
    return new String[] {DAYS, DIRTY, GROUPS};
  }

  private static <T> StoreBuilder<?> of(String name, Serde<T> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withLoggingEnabled(Changelogs.SMALL_SEGMENTS)
        .withCachingEnabled();
  }
}
