package org.osteon.topology.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.osteon.event.Priority;
import org.osteon.topology.record.PendingRecords;

class CommitControlTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1000), ZoneOffset.UTC);

  private final PartitionState state = new PartitionState();

  @Test
  void aStatResultAsksOnceAndNotAgain() {
    CommitControl commits = control(NEVER);
    commits.forwarded(PendingRecords.of("study", 1, Priority.STAT));
    assertThat(commits.isDue(state)).isTrue();
    assertThat(commits.isDue(state)).isFalse();
  }

  @Test
  void aRoutineResultWaitsForThePace() {
    CommitControl commits = control(NEVER);
    commits.forwarded(PendingRecords.of("study", 1, Priority.ROUTINE));
    assertThat(commits.isDue(state)).isFalse();
    CommitControl eager = control(Duration.ofNanos(1));
    eager.forwarded(PendingRecords.of("study", 1, Priority.ROUTINE));
    assertThat(eager.isDue(state)).isTrue();
  }

  @Test
  void afterADrainNothingWaitsToBeSeen() {
    CommitControl commits = control(Duration.ofNanos(1));
    commits.forwarded(PendingRecords.of("study", 1, Priority.STAT));
    commits.drained();
    assertThat(commits.isDue(state)).isFalse();
  }

  private static CommitControl control(Duration gap) {
    return new CommitControl(new CommitPace(true, gap, NEVER, Duration.ofSeconds(1)), CLOCK);
  }
}
