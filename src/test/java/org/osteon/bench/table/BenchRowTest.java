package org.osteon.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchRowTest {
  @Test
  void aMachineThatIsSlowerForARunChangesNoRatio() {
    BenchRow row = inTurn(List.of(90.0, 45.0, 88.0), List.of(100.0, 50.0, 100.0));
    assertThat(row.ratio()).isEqualTo(0.9);
    assertThat(row.median()).isEqualTo(88);
    assertThat(row.atLeast(0.9).reached()).isTrue();
    assertThat(row.atLeast(0.91).reached()).isFalse();
  }

  @Test
  void theRatioIsTheMedianOfThoseMeasuredInTurnAndNotThatOfTheMedians() {
    BenchRow row = inTurn(List.of(10.0, 20.0, 30.0), List.of(10.0, 10.0, 60.0));
    assertThat(row.ratio()).isEqualTo(1.0);
    assertThat(row.values()).containsExactly(10, 20, 30);
  }

  private static BenchRow inTurn(List<Double> values, List<Double> others) {
    return BenchRow.inTurn("group", "name", "images/s", values, others);
  }
}
