package org.osteon.topology.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.osteon.topology.record.Pending;
import org.osteon.topology.record.Pending.Ending;
import org.osteon.topology.record.PendingRecords;

class PartitionStateTest {
  private final PartitionState state = new PartitionState();
  private final List<Pending> forwarded = new ArrayList<>();

  @Test
  void aRecordIsHeldUntilItIsForwarded() {
    Pending item = taken("study", 5);
    assertThat(state.size()).isEqualTo(1);
    assertThat(state.oldestMillis()).isEqualTo(5);
    assertThat(state.poll()).isNull();
    state.end(item, unreadable());
    assertThat(state.isEmpty()).isFalse();
    assertThat(state.poll()).isSameAs(item);
    state.done(item, forwarded::add);
    assertThat(forwarded).containsExactly(item);
    assertThat(state.isEmpty()).isTrue();
  }

  @Test
  void anEndThatAnotherThreadAnnouncesWakesTheOneThatWaits() throws Exception {
    Pending item = taken("study", 1);
    Thread pipeline = new Thread(() -> state.end(item, unreadable()));
    pipeline.start();
    assertThat(state.poll(TimeUnit.MINUTES.toNanos(1))).isSameAs(item);
    pipeline.join();
  }

  @Test
  void bytesAreKeptAsLongAsADeadLetterMayComeOfThem() {
    Pending item = taken("study", 1);
    state.end(item, unreadable());
    assertThat(item.value).isNotNull();
  }

  @Test
  void anOldAssignmentsEndsReachNoNewOne() {
    Pending item = taken("study", 1);
    PartitionState next = new PartitionState();
    state.end(item, unreadable());
    assertThat(next.poll()).isNull();
    assertThat(next.isEmpty()).isTrue();
  }

  private static Ending unreadable() {
    return new Ending.Unreadable("UNKNOWN_SCHEMA", "It cannot be read.");
  }

  private Pending taken(String study, long offset) {
    Pending item = PendingRecords.of(study, offset);
    state.add(item);
    return item;
  }
}
