package org.osteon.performance.join;

import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.osteon.performance.tally.Json;
import org.osteon.streams.Changelogs;

/** The stores of the join: on disk, with changelogs. */
public final class JoinStores {
  /** What is known of each study. */
  static final String STUDIES = "studies";

  /** Studies by the day of their latest image, so that old ones are found without a search. */
  static final String EXPIRY = "expiry";

  private JoinStores() {}

  /** All of them. */
  public static List<StoreBuilder<?>> builders() {
    return List.of(of(STUDIES, Json.serde(StudyRecord.class)), of(EXPIRY, Serdes.ByteArray()));
  }

  /** Their names. */
  public static String[] names() {
    return new String[] {STUDIES, EXPIRY};
  }

  private static <T> StoreBuilder<?> of(String name, Serde<T> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withLoggingEnabled(Changelogs.SMALL_SEGMENTS)
        .withCachingDisabled();
  }
}
