package org.osteon.topology.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SuspectsTest {
  private final Log log = new Log();

  /** Keeps what is said, as the topic does. */
  private static final class Log implements OwnerLog {
    private final Map<Integer, Ownership> said = new HashMap<>();
    private final Map<Long, String> skipped = new HashMap<>();
    private final List<Ownership> written = new ArrayList<>();
    private String me = "a";

    private Ownership said(int partition) {
      return Objects.requireNonNull(said.get(partition));
    }

    @Override
    public Handover takeOver(int partition, long offset) {
      Ownership own = Ownership.taken(said.get(partition), me, offset, 1000);
      said.put(partition, own);
      return new Handover(own, skipped);
    }

    @Override
    public void write(int partition, Ownership now) {
      written.add(now);
      said.put(partition, now);
    }

    @Override
    public void release(int partition, Ownership now) {
      said.put(partition, now);
    }
  }

  @Test
  void oneDeathMakesNoSuspectsTwoDo() {
    owner("a").take(10);
    assertThat(owner("b", 10).isSuspect(10)).isFalse();
    List<String> expected = new ArrayList<>();
    log.me = "c";
    Suspects third = new Suspects(log, 0, () -> expected.add("suspects"));
    third.take(10);
    assertThat(third.isSuspect(10)).isTrue();
    assertThat(expected).hasSize(1);
    long end = log.said(0).suspectEnd();
    assertThat(third.isSuspect(end)).isTrue();
    assertThat(third.isSuspect(end + 1)).isFalse();
  }

  @Test
  void onceAllIsAnsweredNothingIsSuspected() {
    owner("a").take(10);
    owner("b", 10);
    Suspects third = owner("c", 10);
    long end = log.said(0).suspectEnd();
    third.drained();
    assertThat(log.said(0).deaths()).as("there is more of it").isEqualTo(2);
    third.take(end);
    third.drained();
    assertThat(log.said(0).deaths()).isZero();
    assertThat(third.isSuspect(end)).isFalse();
  }

  @Test
  void whatIsInHandIsReservedBeforeItIsTaken() {
    Suspects owner = owner("a", 0);
    for (long offset = 1; offset < 5000; offset++) {
      owner.take(offset);
      assertThat(log.said(0).reserved()).isGreaterThanOrEqualTo(offset);
    }
    assertThat(log.written).hasSizeLessThan(50);
  }

  @Test
  void whatAnOperatorHasSkippedIsKnownByItsOffset() {
    log.skipped.put(12L, "it stops everything");
    Suspects owner = owner("a", 10);
    assertThat(owner.skipped(11)).isNull();
    assertThat(owner.skipped(12)).isEqualTo("it stops everything");
  }

  private Suspects owner(String name) {
    log.me = name;
    return new Suspects(log, 0, () -> {});
  }

  private Suspects owner(String name, long offset) {
    Suspects suspects = owner(name);
    suspects.take(offset);
    return suspects;
  }
}
