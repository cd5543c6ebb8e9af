package org.osteon.service.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osteon.event.CanaryStanding;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.Timing;
import org.osteon.testing.Verdicts;
import org.osteon.topology.model.Candidate.Fate;

/** What withdraws a canary, and after how many studies: {@code docs/rollout.md} states them. */
class GuardTest {
  private static final int NEVER = 5_000;

  private final Limits limits =
      new Limits(.01, .05, .1, .1, 3, Duration.ofSeconds(2), 1_000, Duration.ofHours(24));
  private final Guard guard = new Guard(limits, true, Clock.systemUTC());
  private int studies;

  @Test
  void oneThatSaysTheSameAnswersEverything() {
    for (int i = 0; i < NEVER; i++) {
      assertThat(next("WRIST", said(), Fate.ANSWERED)).isTrue();
    }
    assertThat(guard.breach()).isEmpty();
    assertThat(guard.standing("00").getStudies()).isEqualTo(NEVER);
  }

  @Test
  void oneThatFailsOnEverythingAnswersNothingAndIsOutAfterTwoStudies() {
    assertThat(until("WRIST", null, Fate.FAILED)).isEqualTo(2);
    assertThat(guard.breach())
        .hasValueSatisfying(why -> assertThat(why).contains("failed on 2 of 2"));
  }

  @Test
  void oneThatFailsOnOneBodyPartIsOutAfterThreeOfIt() {
    for (int i = 0; i < 1_000; i++) {
      next("WRIST", said(), Fate.ANSWERED);
    }
    assertThat(until("HAND", null, Fate.FAILED)).isLessThanOrEqualTo(3);
    assertThat(guard.breach())
        .hasValueSatisfying(why -> assertThat(why).contains("of body part HAND"));
  }

  @Test
  void oneThatSwapsLabelsIsOutAfterFourStudies() {
    ClassificationResult other = said();
    other.setLabel(Label.HEALTHY);
    assertThat(until("WRIST", other, Fate.ANSWERED)).isEqualTo(4);
    assertThat(guard.stands(said(), said(), Fate.ANSWERED)).as("nothing counts any more").isFalse();
  }

  @Test
  void oneThatIsLateOrSlowOrRefersOtherwiseIsOutToo() {
    assertThat(until("WRIST", null, Fate.LATE)).isEqualTo(3);
    assertThat(new GuardTest().until("WRIST", slow(4), Fate.ANSWERED)).isEqualTo(14);
    assertThat(new GuardTest().until("WRIST", slow(2), Fate.ANSWERED)).isEqualTo(NEVER);
    ClassificationResult refers = said();
    refers.setDecision(Decision.REFER);
    assertThat(new GuardTest().until("WRIST", refers, Fate.ANSWERED)).isEqualTo(16);
  }

  @Test
  void theViewsOfOnePatientAreNoEvidenceOfTheirOwn() {
    ClassificationResult other = said();
    other.setLabel(Label.HEALTHY);
    guard.stands(said(), said(), Fate.ANSWERED);
    for (int i = 0; i < 500; i++) {
      guard.stands(said(), other, Fate.ANSWERED);
      guard.stands(said(), null, Fate.FAILED);
    }
    assertThat(guard.breach()).isEmpty();
    CanaryStanding standing = guard.standing("00");
    assertThat(standing.getStudies()).isEqualTo(1);
    assertThat(standing.getFailed()).isEqualTo(1);
    assertThat(standing.getDisagreed()).isEqualTo(1);
  }

  @Test
  void whatItWasNotAskedSpeaksForNothing() {
    for (int i = 0; i < 100; i++) {
      assertThat(next("WRIST", null, Fate.NOT_ASKED)).isFalse();
    }
    assertThat(guard.standing("00").getStudies()).isZero();
  }

  @Test
  void whatIsNoTermIsNotRepeated() {
    until("Jane Doe, born 1970", null, Fate.FAILED);
    assertThat(new GuardTest().guard.breach()).isEmpty();
    assertThat(guard.breach().orElseThrow()).doesNotContain("JANE", "Jane");
  }

  /** Studies until nothing of it counts any more. */
  private int until(String part, @Nullable ClassificationResult second, Fate fate) {
    int taken = 0;
    while (guard.breach().isEmpty() && taken < NEVER) {
      next(part, second, fate);
      taken++;
    }
    return taken;
  }

  private boolean next(String part, @Nullable ClassificationResult second, Fate fate) {
    ClassificationResult first = said();
    first.setStudyInstanceUid("2.25." + studies++);
    first.setBodyPart(part);
    return guard.stands(first, second, fate);
  }

  private static ClassificationResult slow(int times) {
    ClassificationResult result = said();
    result.setTiming(new Timing(0L, 0L, times * 1_000L, times * 1_000L));
    return result;
  }

  private static ClassificationResult said() {
    ClassificationResult result = Verdicts.result("e", "s", .9, .1);
    result.setLabel(Label.FRACTURED);
    result.setDecision(Decision.REPORT);
    result.setTiming(new Timing(0L, 0L, 1_000L, 1_000L));
    result.setBatchSize(1);
    return result;
  }
}
