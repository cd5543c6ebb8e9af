package org.osteon.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StableOffsetsTest {
  private static final TopicPartition ALERTS = new TopicPartition("alerts", 7);
  private final StableOffsets offsets = new StableOffsets(Duration.ofSeconds(60));

  @Test
  void whatStandsStillBeforeTheEndForTooLongHangs() {
    assertThat(at(3, 5, 0)).isEmpty();
    assertThat(at(3, 9, 60)).isEmpty();
    assertThat(at(3, 12, 61)).containsExactly(Map.entry("alerts-7", 3L));
    assertThat(at(12, 12, 62)).isEmpty();
  }

  @Test
  void whatMovesOrIsAtTheEndDoesNot() {
    assertThat(at(3, 5, 0)).isEmpty();
    assertThat(at(4, 6, 50)).isEmpty();
    assertThat(at(4, 8, 100)).isEmpty();
    assertThat(at(8, 8, 120)).isEmpty();
    assertThat(at(8, 8, 500)).isEmpty();
    // Counted from when records came behind it, not from when it last moved.
    assertThat(at(8, 9, 501)).isEmpty();
    assertThat(at(8, 9, 550)).isEmpty();
  }

  @Test
  void aPartitionThatIsGoneIsForgotten() {
    assertThat(at(3, 5, 0)).isEmpty();
    assertThat(offsets.hanging(Map.of(), Map.of(), seconds(30))).isEmpty();
    assertThat(at(3, 5, 70)).isEmpty();
  }

  private Map<String, Long> at(long stable, long end, int second) {
    return offsets.hanging(Map.of(ALERTS, stable), Map.of(ALERTS, end), seconds(second));
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
