package org.osteon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.osteon.metrics.ScaleAdvice.Spent;
import org.osteon.metrics.ScaleAdvice.Wish;

class ScaleAdviceTest {
  /** 10 ms of CPU and 2 ms of device each, on 4 CPUs with 4 inference threads. */
  private static final Spent SPENT = new Spent(1_000, 10, 4, 2, 4, 100, 90);

  @Test
  void replicasAreTheRateAndTheBacklogOverWhatOneDoes() {
    ScaleAdvice advice = ScaleAdvice.of(List.of(SPENT), new Wish(500, 3_000, 30, 0.5, 2), 24);
    // 400 a second by CPU, 200 at half load; (500 + 100) / 200.
    assertThat(advice.replicas()).isEqualTo(3);
    assertThat(advice.partitions()).isEqualTo(12);
    assertThat(advice.arithmetic())
        .anyMatch(line -> line.contains("10.00 ms each"))
        .anyMatch(line -> line.contains("the CPUs, at 50 % load = 200 images/s"))
        .anyMatch(line -> line.contains("= 3.00, so 3"))
        .anyMatch(line -> line.contains("24 partitions: 8 a replica"));
  }

  @Test
  void theDeviceIsTheLimitWhereItIsSlower() {
    Spent slowDevice = new Spent(1_000, 1, 4, 20, 1, 100, 90);
    ScaleAdvice advice = ScaleAdvice.of(List.of(slowDevice), new Wish(100, 0, 30, 1, 2), null);
    assertThat(advice.replicas()).isEqualTo(2);
    assertThat(advice.arithmetic()).anyMatch(line -> line.contains("the device, at 100 %"));
  }

  @Test
  void severalReplicasAreOneMeasurement() {
    assertThat(
            ScaleAdvice.of(List.of(SPENT, SPENT), new Wish(500, 3_000, 30, 0.5, 2), null)
                .replicas())
        .isEqualTo(3);
  }

  @Test
  void aTopicThatSuitsTheReplicasBadlyIsNamed() {
    Wish wish = new Wish(1_900, 0, 30, 1, 2);
    assertThat(ScaleAdvice.of(List.of(SPENT), wish, 24).arithmetic())
        .anyMatch(line -> line.contains("the busiest replica owns 5, which makes 5 as fast as 4.8"))
        .anyMatch(line -> line.contains("one away"));
    assertThat(ScaleAdvice.of(List.of(SPENT), wish, 4).arithmetic())
        .anyMatch(line -> line.contains("too few, 1 replicas would own none"));
  }

  @Test
  void whatWasMeasuredInSmallBatchesIsSaidToBeDear() {
    Spent quiet = new Spent(1_000, 10, 4, 2, 4, 400, 60);
    Wish wish = new Wish(500, 0, 30, 1, 2);
    assertThat(ScaleAdvice.of(List.of(quiet), wish, null).arithmetic())
        .anyMatch(line -> line.contains("batches were 15 % full"));
    assertThat(ScaleAdvice.of(List.of(SPENT), wish, null).arithmetic())
        .noneMatch(line -> line.contains("full:"));
  }

  @Test
  void withoutAnImageThereIsNoAdvice() {
    assertThatThrownBy(
            () ->
                ScaleAdvice.of(
                    List.of(new Spent(0, 1, 4, 0, 4, 0, 0)), new Wish(1, 0, 30, 1, 2), null))
        .hasMessageContaining("under load");
  }

  @Test
  void metricsAreSummedOverTheirLabels() {
    MetricsText text =
        MetricsText.parse("# HELP a b\na_total{x=\"1 {\"} 2.0\na_total{x=\"2\"} 3e0\nb NaN\n");
    assertThat(text.sum("a_total")).isEqualTo(5);
    assertThatThrownBy(() -> text.sum("c")).hasMessageContaining("no metric c");
  }
}
