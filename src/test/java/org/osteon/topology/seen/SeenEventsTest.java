package org.osteon.topology.seen;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.EventClasses;
import org.osteon.event.XRayEvent;
import org.osteon.testing.Events;
import org.osteon.testing.LoneStore;
import org.osteon.testing.ManualClock;
import org.osteon.testing.Verdicts;
import org.osteon.topology.record.EventFacts;

/** What is remembered, for how long and of how many; the store is Kafka's own. */
@SuppressWarnings("NullAway.Init")
class SeenEventsTest {
  static {
    EventClasses.trust();
  }

  private static final Duration WINDOW = Duration.ofHours(24);

  private final ManualClock hand = new ManualClock(Instant.ofEpochSecond(1_700_000_000));
  @TempDir private Path folder;
  private LoneStore<Bytes, byte[]> lone;
  private KeyValueStore<Bytes, byte[]> store;

  @BeforeEach
  void open() {
    lone = new LoneStore<>(SeenEvents.builder(), folder);
    store = lone.store();
  }

  @AfterEach
  void close() {
    lone.close();
  }

  @Test
  void theFirstAnswerIsGivenUntilTheWindowIsOver() {
    SeenEvents seen = seen();
    var result = Verdicts.result("a", "s", 0.7, 0.1);
    seen.remember(event("a", "s"), result, 41);
    hand.advance(WINDOW);
    assertThat(seen.find(event("a", "s"))).isEqualTo(new SeenEvents.Seen(result, 41));
    assertThat(seen.find(event("a", "other"))).as("ids are a publisher's own").isNull();
    hand.advance(Duration.ofMillis(1));
    assertThat(seen.find(event("a", "s"))).isNull();
  }

  @Test
  void whatIsTooOldIsGone() {
    SeenEvents seen = seen();
    rememberMany(seen, "old", 300);
    hand.advance(WINDOW.multipliedBy(2));
    rememberMany(seen, "new", 64);
    assertThat(count()).as("a few with each that comes").isEqualTo(64);
  }

  @Test
  void noMoreIsKeptThanASeventhBeyondTheWindow() {
    SeenEvents seen = seen();
    int within = 2_000;
    for (int i = 0; i < 5 * within; i++) {
      rememberMany(seen, "e" + i + "-", 1);
      hand.advance(WINDOW.dividedBy(within));
      if (i % 500 == 0) {
        // And what was looked at since the last step.
        assertThat(count()).isLessThan(within + within / 7 + 2 * SeenEvents.STEP_EVENTS);
      }
    }
    assertThat(count()).isGreaterThanOrEqualTo(within);
  }

  @Test
  void anEventIsAskedForOnce() {
    List<String> asked = new ArrayList<>();
    InvocationHandler noting =
        (proxy, method, arguments) -> {
          asked.add(method.getName());
          return method.invoke(store, arguments);
        };
    @SuppressWarnings("unchecked")
    KeyValueStore<Bytes, byte[]> noted =
        (KeyValueStore<Bytes, byte[]>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, noting);
    new SeenEvents(noted, new DeduplicationSettings(WINDOW, false, true), hand)
        .find(event("a", "s"));
    assertThat(asked).containsExactly("get");
  }

  @Test
  void whatAReleaseBeforeRememberedGoes() {
    byte[] key = ByteBuffer.allocate(24).putLong(hand.millis() / 7_200_000).array();
    store.put(Bytes.wrap(key), new byte[200]);
    SeenEvents seen = seen();
    rememberMany(seen, "new", 128);
    assertThat(count()).isEqualTo(128);
  }

  @Test
  void whateverComesWithinTheWindowIsRememberedHoweverMuch() {
    SeenEvents seen = seen();
    rememberMany(seen, "e", 20_000);
    assertThat(seen.find(event("e0", "s"))).isNotNull();
    assertThat(count()).isEqualTo(20_000);
  }

  @Test
  void anAnswerThatAnotherReleaseWroteIsAsGoodAsNone() {
    SeenEvents seen = seen();
    seen.remember(event("a", "s"), Verdicts.result("a", "s", 0.1, 0.1), 0);
    Bytes key;
    try (var all = store.all()) {
      key = all.next().key;
    }
    byte[] avro = {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 1};
    store.put(key, ByteBuffer.allocate(27).putLong(hand.millis()).putLong(0).put(avro).array());
    assertThat(seen.find(event("a", "s"))).isNull();
  }

  private static void rememberMany(SeenEvents seen, String name, int count) {
    for (int i = 0; i < count; i++) {
      String id = name + i;
      seen.remember(event(id, "s"), Verdicts.result(id, "s", 0.1, 0.1), i);
    }
  }

  private SeenEvents seen() {
    return new SeenEvents(store, new DeduplicationSettings(WINDOW, false, true), hand);
  }

  private long count() {
    long count = 0;
    try (var all = store.all()) {
      for (; all.hasNext(); all.next()) {
        count++;
      }
    }
    return count;
  }

  private static EventFacts event(String id, String study) {
    return EventFacts.of(
        XRayEvent.newBuilder(Events.event(id, 1, 1)).setStudyInstanceUid(study).build());
  }
}
