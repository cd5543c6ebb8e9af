package org.osteon.performance.tally;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.osteon.event.FallTest;
import org.osteon.event.Finding;
import org.osteon.event.Label;
import org.osteon.event.TestedMeasure;
import org.osteon.performance.statistics.BernoulliCusum;
import org.osteon.performance.statistics.FallWatch;

/**
 * The tests that every group is held to.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class FallTests {
  private final List<Tested> all;

  /**
   * One of them.
   *
   * @param measure which share
   * @param expected the share while all is well
   * @param fallen the share that it would be seen fastest to fall to
   * @param cusum made for these
   */
  public record Tested(
      TestedMeasure measure, double expected, double fallen, BernoulliCusum cusum) {
    /**
     * Designs the test.
     *
     * @throws IllegalArgumentException there is no such test
     */
    public static Tested of(
        TestedMeasure measure, double expected, double fallen, double falseAlarmCases) {
      return new Tested(
          measure, expected, fallen, BernoulliCusum.design(expected, fallen, falseAlarmCases));
    }

    private long of(DayCounts day) {
      return measure == TestedMeasure.SENSITIVITY ? day.abnormal() : day.healthy();
    }

    private long misses(DayCounts day) {
      return measure == TestedMeasure.SENSITIVITY
          ? day.abnormal() - day.atLeast(Finding.DOUBT, Label.FRACTURED, Label.BEYOND_REPAIR)
          : day.atLeast(Finding.DEFINITE, Label.HEALTHY);
    }

    /**
     * Where it stands after these days.
     *
     * @param days by days since 1970
     */
    FallWatch walk(SortedMap<Long, DayCounts> days) {
      FallWatch watch = FallWatch.START;
      for (var each : days.entrySet()) {
        long misses = misses(each.getValue());
        watch = watch.next(cusum, each.getKey(), of(each.getValue()) - misses, misses);
      }
      return watch;
    }
  }

  public FallTests(List<Tested> all) {
    this.all = List.copyOf(all);
  }

  /** All of them after these days, as they are published. */
  List<FallTest> walk(SortedMap<Long, DayCounts> days) {
    return all.stream().map(each -> published(each, each.walk(days))).toList();
  }

  /** See {@link FallWatch#stands}. */
  static boolean stands(FallTest test, boolean before) {
    return FallWatch.stands(test.getAlarm(), test.getScore(), before);
  }

  private static FallTest published(Tested test, FallWatch watch) {
    return FallTest.newBuilder()
        .setMeasure(test.measure)
        .setExpected(test.expected)
        .setFallen(test.fallen)
        .setScore(watch.score())
        .setLimit(test.cusum.limit())
        .setCasesBetweenFalseAlarms(test.cusum.casesBetweenFalseAlarms())
        .setAlarm(watch.alarm())
        .setSince(date(watch.since()))
        .setAlarmedOn(date(watch.alarmedOn()))
        .setLikelihoodRatio(test.cusum.likelihoodRatio(watch.score()))
        .setSeen(Figures.share(watch.hits(), watch.hits() + watch.misses()))
        .build();
  }

  private static @Nullable LocalDate date(@Nullable Long day) {
    return day == null ? null : LocalDate.ofEpochDay(day);
  }
}
