package org.osteon.topology.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitPaceTest {
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration LIVE_GAP = Duration.ofMillis(500);
  private static final Duration LIVE = Duration.ofSeconds(1);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing new, so no commit             | false | 0 | 0 | 0     | 9000 | false",
        "idle, and committed just now          | false | 3 | 0 | 0     | 90   | false",
        "idle, and committed a while ago       | false | 3 | 0 | 0     | 110  | true",
        "live, and committed a while ago       | false | 3 | 5 | 300   | 490  | false",
        "live, and committed half a second ago | false | 3 | 5 | 300   | 510  | true",
        "behind, so the interval decides       | false | 3 | 5 | 60000 | 9000 | false",
        "STAT, whatever else waits             | true  | 1 | 5 | 60000 | 0    | true",
      })
  void asksWhereSomebodyWaits(
      String name, boolean stat, int uncommitted, int pending, long age, long since, boolean due) {
    long nanos = Duration.ofMillis(since).toNanos();
    CommitPace exactlyOnce = new CommitPace(true, IDLE, LIVE_GAP, LIVE);
    assertThat(exactlyOnce.due(stat, uncommitted, pending, age, nanos)).isEqualTo(due);
    CommitPace atLeastOnce = new CommitPace(false, IDLE, LIVE_GAP, LIVE);
    assertThat(atLeastOnce.due(stat, uncommitted, pending, age, nanos)).isFalse();
  }
}
