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

  /** Which studies each order has, and what was said of it. */
  static final String ORDERS = "orders";

  /** Orders by day, as studies are. */
  static final String ORDERS_EXPIRY = "orders-expiry";

  private JoinStores() {}

  /** All of them. */
  public static List<StoreBuilder<?>> builders() {
    return List.of(
        of(STUDIES, Json.serde(StudyRecord.class)),
        of(EXPIRY, Serdes.ByteArray()),
        of(ORDERS, Json.serde(OrderRecord.class)),
        of(ORDERS_EXPIRY, Serdes.ByteArray()));
  }

  /** Names of those of studies. */
  public static String[] names() {
    return new String[] {STUDIES, EXPIRY};
  }

  /** Names of those of orders. */
  public static String[] ofOrders() {
    return new String[] {ORDERS, ORDERS_EXPIRY};
  }

  private static <T> StoreBuilder<?> of(String name, Serde<T> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withLoggingEnabled(Changelogs.SMALL_SEGMENTS)
        .withCachingDisabled();
  }
}
