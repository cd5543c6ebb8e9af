package org.osteon.topology.seen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.EventClasses;
import org.osteon.event.XRayEvent;
import org.osteon.testing.Events;
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
  private TopologyTestDriver driver;
  private KeyValueStore<Bytes, byte[]> store;

  @BeforeEach
  void open() {
    Topology topology =
        new Topology()
            .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
            .addProcessor("idle", Idle::new, "in")
            .addStateStore(SeenEvents.builder().withLoggingDisabled(), "idle");
    Properties properties = new Properties();
    properties.put("state.dir", folder.toString());
    driver = new TopologyTestDriver(topology, properties);
    store = Objects.requireNonNull(driver.getKeyValueStore(SeenEvents.NAME));
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void theFirstAnswerIsGivenUntilTheWindowIsOver() {
    SeenEvents seen = seen();
    var result = Verdicts.result("a", "s", 0.7, 0.1);
    seen.remember(event("a", "s"), result, 41);
    hand.advance(WINDOW);
    assertThat(seen.find(event("a", "s"))).isEqualTo(new SeenEvents.Seen(result, 41));
    assertThat(seen.find(event("a", "other"))).as("ids are a publisher's own").isNull();
    hand.advance(WINDOW.dividedBy(6));
    assertThat(seen.find(event("a", "s"))).isNull();
  }

  @Test
  void whatIsTooOldIsGone() {
    SeenEvents seen = seen();
    for (int i = 0; i < 20; i++) {
      seen.remember(event("e" + i, "s"), Verdicts.result("e" + i, "s", 0.1, 0.1), i);
    }
    hand.advance(WINDOW.multipliedBy(2));
    for (int i = 0; i < 6; i++) {
      seen.remember(event("new" + i, "s"), Verdicts.result("new" + i, "s", 0.1, 0.1), 20 + i);
    }
    assertThat(count()).as("a few with each that comes").isEqualTo(6);
  }

  @Test
  void whateverComesWithinTheWindowIsRememberedHoweverMuch() {
    SeenEvents seen = seen();
    for (int i = 0; i < 20_000; i++) {
      seen.remember(event("e" + i, "s"), Verdicts.result("e" + i, "s", 0.1, 0.1), i);
    }
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
    store.put(key, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 1});
    assertThat(seen.find(event("a", "s"))).isNull();
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

  private static final class Idle extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    @Override
    public void process(Record<byte[], byte[]> record) {}
  }
}
