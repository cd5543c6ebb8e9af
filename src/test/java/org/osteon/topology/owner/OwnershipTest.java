package org.osteon.topology.owner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final long END = 10_000;

  @Test
  void whatTwoDeadOwnersHadInHandIsSuspectUpToTheEndOfThePartition() {
    Ownership first = Ownership.taken(null, "a", 100, END);
    assertThat(first.deaths()).isZero();
    Ownership second = Ownership.taken(first, "b", 110, END);
    assertThat(second.deaths()).isEqualTo(1);
    assertThat(second.suspectEnd()).isEqualTo(first.reserved());
    Ownership third = Ownership.taken(second, "c", 110, END);
    assertThat(third.deaths()).isEqualTo(2);
    assertThat(third.suspectEnd()).isEqualTo(second.reserved());
    assertThat(Ownership.taken(second, "c", 110, 130).suspectEnd())
        .as("what was published later killed no replica")
        .isEqualTo(129);
  }

  @Test
  void whoLetsGoDidNotDieAndWhatIsSuspectedStaysSo() {
    Ownership first = Ownership.taken(null, "a", 100, END);
    assertThat(Ownership.taken(first.letGo(), "b", 110, END).deaths()).isZero();
    Ownership afterADeath = Ownership.taken(first, "b", 110, END);
    Ownership third = Ownership.taken(afterADeath.letGo(), "c", 110, END);
    assertThat(third.deaths()).isEqualTo(1);
    assertThat(third.suspectEnd()).isEqualTo(afterADeath.suspectEnd());
  }

  @Test
  void theSameProcessOnAnotherThreadIsNoDeath() {
    Ownership first = Ownership.taken(null, "a", 100, END);
    assertThat(Ownership.taken(first, "a", 110, END).deaths()).isZero();
  }

  @Test
  void whatIsCommittedIsNotSuspected() {
    Ownership first = Ownership.taken(null, "a", 100, END);
    Ownership next = Ownership.taken(first, "b", first.reserved() + 1, END);
    assertThat(next.deaths()).isZero();
    assertThat(next.suspectEnd()).isEqualTo(Ownership.NOTHING);
  }

  @Test
  void aLineSaysAllOfIt() {
    Ownership first = Ownership.taken(null, "a", 100, END);
    Ownership second = Ownership.taken(first, "b", 110, END).letGo();
    assertThat(Ownership.parse(first.line())).isEqualTo(first);
    assertThat(Ownership.parse(second.line())).isEqualTo(second);
    assertThat(Ownership.parse("2 x")).isNull();
    assertThat(Ownership.parse("1 x owned one 2 3")).isNull();
  }
}
