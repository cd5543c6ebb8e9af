package org.osteon.topology.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingByStudyTest {
  private final PendingByStudy pending = new PendingByStudy();
  private final List<Pending> forwarded = new ArrayList<>();

  @Test
  void aStudyKeepsItsOrder() {
    Pending first = add("study", 0);
    Pending second = add("study", 1);
    Pending third = add("study", 2);
    pending.done(third, forwarded::add);
    pending.done(second, forwarded::add);
    assertThat(forwarded).isEmpty();
    pending.done(first, forwarded::add);
    assertThat(forwarded).containsExactly(first, second, third);
    assertThat(pending.isEmpty()).isTrue();
  }

  @Test
  void aStudyWaitsForNoOther() {
    add("slow", 0);
    Pending quick = add("quick", 1);
    pending.done(quick, forwarded::add);
    assertThat(forwarded).containsExactly(quick);
    assertThat(pending.size()).isEqualTo(1);
  }

  @Test
  void whatCouldNotBeForwardedIsStillPending() {
    Pending first = add("study", 0);
    assertThatThrownBy(
            () ->
                pending.done(
                    first,
                    item -> {
                      throw new IllegalStateException("fenced");
                    }))
        .hasMessage("fenced");
    assertThat(pending.isEmpty()).isFalse();
  }

  private Pending add(String study, long offset) {
    Pending item = PendingRecords.of(study, offset);
    pending.add(item);
    return item;
  }
}
