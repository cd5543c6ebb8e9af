package org.osteon.service.meters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DriftWindowTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-3);
  private static final List<Double> EVEN = List.of(.25, .25, .25, .25);

  @Test
  void theSamePopulationHasNoIndexAndAnotherHasTheTextbooks() {
    DriftWindow same = new DriftWindow(EVEN, 400);
    DriftWindow other = new DriftWindow(List.of(.5, .5), 20_000);
    for (int i = 0; i < 400; i++) {
      same.add(i % 4);
    }
    for (int i = 0; i < 20_000; i++) {
      other.add(i % 5 < 4 ? 0 : 1);
    }
    assertThat(same.index()).isCloseTo(0, CLOSE);
    // (0.8 − 0.5) ln(0.8 ÷ 0.5) + (0.2 − 0.5) ln(0.2 ÷ 0.5)
    assertThat(other.index()).isCloseTo(.41589, CLOSE);
  }

  @Test
  void nothingIsSaidOfTooFewAndWhatIsOldIsForgotten() {
    DriftWindow window = new DriftWindow(EVEN, 400);
    for (int i = 0; i < 99; i++) {
      window.add(0);
    }
    assertThat(window.index()).isNaN();
    window.add(0);
    assertThat(window.index()).isGreaterThan(1);
    for (int i = 0; i < 400; i++) {
      window.add(i % 4);
    }
    assertThat(window.images()).isEqualTo(400);
    assertThat(window.index()).isCloseTo(0, CLOSE);
  }

  @Test
  void anImageMayBeSpreadOverBins() {
    DriftWindow window = new DriftWindow(EVEN, 100);
    for (int i = 0; i < 100; i++) {
      window.add(new int[] {9, 9, 9, 9}, 36);
    }
    assertThat(window.index()).isCloseTo(0, CLOSE);
  }

  @Test
  void aBinThatWasNeverSeenIsRareAndNotInfinite() {
    DriftWindow window = new DriftWindow(List.of(1.0, 0.0), 1000);
    for (int i = 0; i < 1000; i++) {
      window.add(1);
    }
    assertThat(window.index()).isBetween(10.0, 20.0);
  }
}
