package org.osteon.topology.study;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.osteon.streams.Changelogs;

/**
 * Which studies of this task have an accession number, for orders that come after their images.
 * Kept as long as the study is.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class StudiesByAccession {
  static final String NAME = "studies-by-accession";

  /** Of a service that joins no orders. */
  static final StudiesByAccession NONE = new StudiesByAccession(null);

  private static final char BETWEEN = '\u0000';
  private static final char BEHIND = '\u0001';

  private final @Nullable KeyValueStore<String, Long> store;

  StudiesByAccession(@Nullable KeyValueStore<String, Long> store) {
    this.store = store;
  }

  public static StoreBuilder<KeyValueStore<String, Long>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(NAME), Serdes.String(), Serdes.Long())
        .withLoggingEnabled(Changelogs.SMALL_SEGMENTS)
        .withCachingDisabled();
  }

  /** A study has another number than before, or its first. */
  void found(String study, @Nullable String before, @Nullable String now, long atMillis) {
    if (store == null || now == null || now.equals(before)) {
      return;
    }
    gone(study, before);
    store.put(key(now, study), atMillis);
  }

  /** A study is forgotten, or has another number now. */
  void gone(String study, @Nullable String accession) {
    if (store != null && accession != null) {
      store.delete(key(accession, study));
    }
  }

  /** Studies of that number. */
  Set<String> of(String accession) {
    Set<String> studies = new LinkedHashSet<>();
    if (store != null) {
      String from = accession + BETWEEN;
      try (KeyValueIterator<String, Long> all = store.range(from, accession + BEHIND)) {
        all.forEachRemaining(each -> studies.add(each.key.substring(from.length())));
      }
    }
    return studies;
  }

  private static String key(String accession, String study) {
    return accession + BETWEEN + study;
  }
}
