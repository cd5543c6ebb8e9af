package org.osteon.service.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class MeanTestTest {
  private static final double ENOUGH = 1_000;

  @Test
  void aMeanAboveTheLimitIsNoticedAfterTheStatedNumberOfValues() {
    assertThat(until(new MeanTest(.01, 0), () -> 1)).isEqualTo(2);
    assertThat(until(new MeanTest(.05, 0), () -> 1)).isEqualTo(3);
    assertThat(until(new MeanTest(.1, 0), () -> 1)).isEqualTo(4);
    assertThat(until(new MeanTest(.1, -1), () -> 1)).isEqualTo(16);
    assertThat(until(new MeanTest(.5, 0), () -> 1)).isEqualTo(14);
  }

  /** Looked at after each of two thousand values, not once. */
  @Test
  void aMeanAtTheLimitIsHardlyEverTakenForMore() {
    SplittableRandom random = new SplittableRandom(18);
    int mistaken = 0;
    for (int run = 0; run < 2_000; run++) {
      MeanTest test = new MeanTest(.1, 0);
      for (int i = 0; i < 2_000; i++) {
        test.add(random.nextDouble() < .1 ? 1 : 0);
        if (test.evidence() >= ENOUGH) {
          mistaken++;
          break;
        }
      }
    }
    assertThat(mistaken).isLessThanOrEqualTo(6);
  }

  @Test
  void twiceTheLimitIsNoticedWithinAFewHundred() {
    SplittableRandom random = new SplittableRandom(18);
    for (int run = 0; run < 200; run++) {
      assertThat(until(new MeanTest(.1, 0), () -> random.nextDouble() < .2 ? 1 : 0))
          .isLessThan(1_000);
    }
  }

  private static int until(MeanTest test, IntSupplier values) {
    int taken = 0;
    while (test.evidence() < ENOUGH) {
      test.add(values.getAsInt());
      taken++;
    }
    return taken;
  }
}
