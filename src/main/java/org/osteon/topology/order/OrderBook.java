package org.osteon.topology.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ImagingOrder;
import org.osteon.streams.Changelogs;

/**
 * Orders by study and by accession number, as events call both. Each task has all of them, because
 * an order that names no study may be of any.
 *
 * <p>On disk, with a changelog, in JSON, without a cache: see {@code StudyStates}.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class OrderBook {
  /** Name of the store. */
  public static final String NAME = "orders";

  /** Of a service that joins no orders. */
  public static final OrderBook NONE = new OrderBook(null);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final @Nullable KeyValueStore<String, KnownOrders> store;

  public OrderBook(@Nullable KeyValueStore<String, KnownOrders> store) {
    this.store = store;
  }

  public static StoreBuilder<KeyValueStore<String, KnownOrders>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(NAME), Serdes.String(), serde())
        .withLoggingEnabled(Changelogs.SMALL_SEGMENTS)
        .withCachingDisabled();
  }

  /**
   * What is ordered of a study; null where nothing stands.
   *
   * @param accession null where it is not known
   */
  public @Nullable Ordered of(String study, @Nullable String accession) {
    if (store == null) {
      return null;
    }
    KnownOrders known = known(store, study(study));
    return (accession == null ? known : known.and(known(store, accession(accession)))).standing();
  }

  /**
   * Writes an order down.
   *
   * @return whether it says anything new
   */
  public boolean put(ImagingOrder order) {
    if (store == null) {
      return false;
    }
    boolean news = false;
    for (String key : keys(order)) {
      KnownOrders before = known(store, key);
      KnownOrders after = before.with(KnownOrders.Entry.of(order));
      if (after != before) {
        store.put(key, after);
        news = true;
      }
    }
    return news;
  }

  private static KnownOrders known(KeyValueStore<String, KnownOrders> store, String key) {
    KnownOrders known = store.get(key);
    return known == null ? KnownOrders.NONE : known;
  }

  private static List<String> keys(ImagingOrder order) {
    List<String> keys = new ArrayList<>(2);
    if (order.getStudyInstanceUid() != null) {
      keys.add(study(order.getStudyInstanceUid()));
    }
    if (order.getAccessionNumber() != null) {
      keys.add(accession(order.getAccessionNumber()));
    }
    return keys;
  }

  private static String study(String uid) {
    return "study:" + uid;
  }

  private static String accession(String number) {
    return "accession:" + number;
  }

  private static Serde<KnownOrders> serde() {
    return Serdes.serdeFrom(
        (topic, known) -> {
          try {
            return known == null ? null : JSON.writeValueAsBytes(known);
          } catch (JsonProcessingException e) {
            throw new IllegalStateException("An order cannot be written.", e);
          }
        },
        (topic, bytes) -> {
          try {
            return bytes == null ? null : JSON.readValue(bytes, KnownOrders.class);
          } catch (IOException e) {
            throw new IllegalStateException("The changelog of orders cannot be read.", e);
          }
        });
  }
}
