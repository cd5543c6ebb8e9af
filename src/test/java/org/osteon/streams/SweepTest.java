package org.osteon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.testing.LoneStore;

/** How much a look sees, and that all is seen. */
@SuppressWarnings("NullAway.Init")
class SweepTest {
  @TempDir private Path folder;
  private LoneStore<Integer, Integer> lone;
  private KeyValueStore<Integer, Integer> store;

  @BeforeEach
  void open() {
    lone =
        new LoneStore<>(
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("swept"), Serdes.Integer(), Serdes.Integer()),
            folder);
    store = lone.store();
  }

  @AfterEach
  void close() {
    lone.close();
  }

  @Test
  void anHourOfLooksSeesAllOfALargeStoreAndHardlyMore() {
    fill(100_000);
    Sweep<Integer, Integer> sweep = new Sweep<>(store, null);
    List<Integer> seen = new ArrayList<>();
    for (int second = 0; second < 3_600; second++) {
      sweep.look((key, value) -> seen.add(key));
    }
    assertThat(new HashSet<>(seen)).hasSize(100_000);
    assertThat(seen).hasSizeLessThan(105_000);
  }

  @Test
  void aSmallStoreIsSeenAtEachLook() {
    fill(15);
    Sweep<Integer, Integer> sweep = new Sweep<>(store, null);
    for (int i = 0; i < 3; i++) {
      Set<Integer> seen = new HashSet<>();
      sweep.look((key, value) -> seen.add(key));
      assertThat(seen).hasSize(15);
    }
  }

  @Test
  void itBeginsAnywhereGoesRoundAndMayDelete() {
    fill(10);
    Sweep<Integer, Integer> sweep = new Sweep<>(store, 6);
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sweep.look(
          3,
          (key, value) -> {
            seen.add(key);
            if (key == 7) {
              store.delete(key);
            }
          });
    }
    // The end of a round ends a look.
    assertThat(seen).containsExactly(6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 8, 9);
  }

  private void fill(int count) {
    IntStream.range(0, count).forEach(n -> store.put(n, n));
  }
}
