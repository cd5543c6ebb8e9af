package org.osteon.bench.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.EventClasses;
import org.osteon.topology.seen.DeduplicationSettings;
import org.osteon.topology.study.StudySettings;

/** What the bench of state feeds is what it says. */
class RememberingTest {
  private static final long DAY = 8_640_000;
  private static final String EVENTS = "events";

  @TempDir private Path folder;

  @Test
  void aDayHasTwoMillionStudies() {
    assertThat(BusyDay.events(2_000_000)).isEqualTo(DAY);
    Set<String> studies = new HashSet<>();
    for (long n = 0; n < BusyDay.events(100); n++) {
      studies.add(BusyDay.study(n));
    }
    assertThat(studies).hasSize(100);
    BusyDay day = new BusyDay();
    long begin = day.millis();
    day.arrived(DAY);
    day.arrived(1);
    assertThat(day.millis() - begin).isEqualTo(Duration.ofDays(1).toMillis());
  }

  @Test
  void anEventThatComesAgainIsKnownForADayOfItsClock() {
    EventClasses.trust();
    Remembering remembering =
        new Remembering(
            new BusyDay(),
            new DeduplicationSettings(Duration.ofDays(1), false, false),
            new StudySettings(false, 256, Duration.ofDays(7), Duration.ofMinutes(2), false));
    Properties properties = new Properties();
    properties.put("state.dir", folder.toString());
    try (TopologyTestDriver driver =
        new TopologyTestDriver(remembering.topology(EVENTS), properties)) {
      TestInputTopic<byte[], byte[]> topic =
          driver.createInputTopic(EVENTS, new ByteArraySerializer(), new ByteArraySerializer());
      for (long n : new long[] {0, 1, 2, 1}) {
        topic.pipeInput(key(n), value(n));
      }
      assertThat(remembering.recognised).hasValue(1);
      topic.pipeInput(key(2 * DAY), value(2 * DAY));
      topic.pipeInput(key(1), value(1));
      assertThat(remembering.recognised).hasValue(1);
      assertThat(remembering.done).hasValue(6);
    }
  }

  private static byte[] key(long n) {
    return BusyDay.study(n).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] value(long n) {
    return ByteBuffer.allocate(Long.BYTES).putLong(n).array();
  }
}
