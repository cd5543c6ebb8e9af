package org.osteon.performance.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic, held to published values and to chance itself. */
class StatisticsTest {
  /** From Newcombe 1998, table I, method 3. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718",
    "29, 29, 0.8830, 1.0000",
  })
  void wilsonIsWhatIsPublishedOfIt(long hits, long of, double low, double high) {
    Interval interval = Interval.wilson(hits, of);
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void whatIsNoProportionIsRefused() {
    assertThatThrownBy(() -> Interval.wilson(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interval.wilson(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0.90, 0.75, 2000", "0.95, 0.85, 1000", "0.80, 0.60, 500"})
  void falseAlarmsComeAsSeldomAsIsSaid(double expected, double fallen, double cases) {
    BernoulliCusum test = BernoulliCusum.design(expected, fallen, cases);
    assertThat(test.casesBetweenFalseAlarms()).isGreaterThanOrEqualTo(cases).isLessThan(2 * cases);
    Random random = new Random(7);
    long runs = 4000;
    long seen = 0;
    for (int run = 0; run < runs; run++) {
      int score = 0;
      while (score < test.limit()) {
        boolean miss = random.nextDouble() >= expected;
        score = test.after(score, miss ? 0 : 1, miss ? 1 : 0);
        seen++;
      }
    }
    // Run lengths are nearly exponential: 4000 of them tell the mean within 5 %.
    assertThat((double) seen / runs / test.casesBetweenFalseAlarms()).isCloseTo(1, within(0.05));
  }

  @Test
  void aPointIsItsShareOfTheLikelihoodRatio() {
    BernoulliCusum test = BernoulliCusum.design(0.90, 0.75, 10_000);
    double hit = Math.log(0.75 / 0.90);
    double miss = Math.log(0.25 / 0.10);
    assertThat(-test.hit() * test.unit()).isCloseTo(hit, within(1e-12));
    assertThat(test.miss() * test.unit()).isCloseTo(miss, within(test.unit() / 2));
    assertThat(test.likelihoodRatio(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0.75, 0.90", "0.9, 0.9", "1, 0.5", "0.9, 0"})
  void whatIsNoFallIsRefused(double expected, double fallen) {
    assertThatThrownBy(() -> BernoulliCusum.design(expected, fallen, 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is none");
  }

  @Test
  void anAlarmBeginsAtTheLimitAndStandsUntilTheScoreIsZero() {
    BernoulliCusum test = new BernoulliCusum(10, 50, 200, 0.02, 1000);
    FallWatch watch = FallWatch.START.next(test, 1, 30, 0);
    assertThat(watch).isEqualTo(FallWatch.START);
    watch = watch.next(test, 2, 5, 3);
    assertThat(watch).isEqualTo(new FallWatch(100, 2L, null, 5, 3));
    watch = watch.next(test, 5, 0, 4);
    assertThat(watch).isEqualTo(new FallWatch(300, 2L, 5L, 5, 7));
    watch = watch.next(test, 6, 0, 100);
    assertThat(watch.score()).as("never above twice the limit").isEqualTo(400);
    watch = watch.next(test, 7, 39, 0);
    assertThat(watch.alarm()).as("still above 0").isTrue();
    assertThat(watch.next(test, 8, 1, 0)).isEqualTo(FallWatch.START);
  }

  @Test
  void calibrationIsTheMeanDistanceByBin() {
    long[] counts = new long[Calibration.BINS];
    double[] sums = new double[Calibration.BINS];
    long[] hits = new long[Calibration.BINS];
    counts[Calibration.bin(0.05)] = 100;
    sums[Calibration.bin(0.05)] = 5;
    hits[Calibration.bin(0.05)] = 15;
    counts[Calibration.bin(1)] = 300;
    sums[Calibration.bin(1)] = 295;
    hits[Calibration.bin(1)] = 290;
    Calibration calibration = new Calibration(counts, sums, hits);
    assertThat(calibration.error()).isCloseTo((10 + 5) / 400.0, within(1e-12));
    Interval interval = Objects.requireNonNull(calibration.interval());
    assertThat(interval).isEqualTo(calibration.interval());
    assertThat(interval.low()).isPositive().isLessThan(15 / 400.0);
    assertThat(interval.high()).isGreaterThan(15 / 400.0).isLessThan(0.07);
  }

  @Test
  void whatIsSureIsSure() {
    long[] counts = new long[Calibration.BINS];
    double[] sums = new double[Calibration.BINS];
    Calibration none = new Calibration(counts.clone(), sums.clone(), counts.clone());
    assertThat(none.error()).isNull();
    assertThat(none.interval()).isNull();
    counts[0] = 10;
    Calibration sure = new Calibration(counts, sums, new long[Calibration.BINS]);
    assertThat(sure.error()).isZero();
    assertThat(sure.interval()).isEqualTo(new Interval(0, 0));
  }
}
