package org.osteon.topology.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.osteon.streams.Changelogs;

/**
 * The store of {@link StudyState} by Study Instance UID: on disk, with a changelog, in JSON, which
 * a console consumer can read and a later version can add to. And beside it, in memory, the studies
 * that may still get an image: few, and asked for each second.
 *
 * <p>No cache: it would forward nothing, but hold writes back past the drain that they belong to.
 */
public final class StudyStates {
  public static final String NAME = "studies";
  static final String OPEN = "open-studies";

  private static final ObjectMapper JSON = new ObjectMapper();

  private StudyStates() {}

  public static StoreBuilder<KeyValueStore<String, StudyState>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(NAME), Serdes.String(), serde())
        .withLoggingEnabled(Changelogs.SMALL_SEGMENTS)
        .withCachingDisabled();
  }

  /** When the latest image of each study came whose verdict is not settled. */
  public static StoreBuilder<KeyValueStore<String, Long>> open() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(OPEN), Serdes.String(), Serdes.Long())
        .withLoggingEnabled(Changelogs.SMALL_SEGMENTS)
        .withCachingDisabled();
  }

  static Serde<StudyState> serde() {
    return Serdes.serdeFrom(
        (topic, state) -> {
          try {
            return state == null ? null : JSON.writeValueAsBytes(state);
          } catch (JsonProcessingException e) {
            throw new IllegalStateException("A study cannot be written.", e);
          }
        },
        (topic, bytes) -> {
          try {
            return bytes == null ? null : JSON.readValue(bytes, StudyState.class);
          } catch (IOException e) {
            throw new IllegalStateException("The changelog of studies cannot be read.", e);
          }
        });
  }
}
