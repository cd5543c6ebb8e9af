package org.osteon.performance.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A site of 200 studies a day, a quarter of them abnormal, whose sensitivity is 0.90 and falls to
 * 0.75 on a day: when the test says so, and how often it says so while nothing has fallen. Looked
 * at whenever a truth comes, as the process does, by the very classes that it has.
 *
 * @param share of the studies that get a truth
 * @param lateDays days between an answer and what is said of it: exponential, with this mean
 * @param falseAlarmCases {@code performance.false.alarm.cases}
 */
record FallSimulation(double share, double lateDays, double falseAlarmCases) {
  static final int RUNS = 200;
  static final int STUDIES = 200;
  private static final double ABNORMAL = 0.25;
  private static final double BEFORE = 0.90;
  private static final double AFTER = 0.75;
  private static final int YEAR = 365;
  private static final int WARM = 60;
  private static final long SEED = 20;

  /** A truth on its way: when it is said, of which day, and whether the answer was a miss. */
  private record Arrival(double at, int day, boolean miss) {}

  /**
   * What came of it.
   *
   * @param falseAlarms in a year without a fall, one entry for each run
   * @param delays days from the fall to the alarm, ascending; infinite where a year was too short
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Outcome(int[] falseAlarms, double[] delays) {
    double falseAlarmsAYear() {
      return Arrays.stream(falseAlarms).average().orElse(0);
    }

    /** Half of the 95 % interval of the mean. */
    double uncertainty() {
      double mean = falseAlarmsAYear();
      double variance =
          Arrays.stream(falseAlarms).mapToDouble(n -> (n - mean) * (n - mean)).sum()
              / (falseAlarms.length - 1);
      return 1.96 * Math.sqrt(variance / falseAlarms.length);
    }

    double delay(double quantile) {
      return delays[(int) Math.min(delays.length - 1, quantile * delays.length)];
    }

    double within(double days) {
      return (double) Arrays.stream(delays).filter(each -> each <= days).count() / delays.length;
    }
  }

  Outcome run() {
    BernoulliCusum test = BernoulliCusum.design(BEFORE, AFTER, falseAlarmCases);
    SplittableRandom random = new SplittableRandom(SEED);
    int[] falseAlarms = new int[RUNS];
    List<Double> delays = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      falseAlarms[run] = alarms(test, random.split(), YEAR, Integer.MAX_VALUE).size();
      for (double alarm : alarms(test, random.split(), WARM + YEAR, WARM)) {
        if (alarm >= WARM) {
          delays.add(alarm - WARM);
          break;
        }
      }
    }
    double[] all = new double[RUNS];
    Arrays.fill(all, Double.POSITIVE_INFINITY);
    for (int n = 0; n < delays.size(); n++) {
      all[n] = delays.get(n);
    }
    Arrays.sort(all);
    return new Outcome(falseAlarms, all);
  }

  /** Times, in days, at which an alarm began; with a fall, no further than the first after it. */
  private List<Double> alarms(BernoulliCusum test, SplittableRandom random, int days, int fall) {
    PriorityQueue<Arrival> coming =
        new PriorityQueue<>((one, other) -> Double.compare(one.at, other.at));
    long[] hits = new long[days];
    long[] misses = new long[days];
    FallWatch[] after = new FallWatch[days];
    List<Double> alarms = new ArrayList<>();
    boolean standing = false;
    int last = -1;
    for (int study = 0; study < days * STUDIES; study++) {
      double now = (double) study / STUDIES;
      while (!coming.isEmpty() && coming.peek().at <= now) {
        Arrival one = coming.remove();
        (one.miss ? misses : hits)[one.day]++;
        int known = last;
        last = Math.max(last, one.day);
        for (int day = Math.min(one.day, known + 1); day <= last; day++) {
          FallWatch before = day == 0 ? FallWatch.START : after[day - 1];
          FallWatch next = before.next(test, day, hits[day], misses[day]);
          boolean same = day < known && next.equals(after[day]);
          after[day] = next;
          if (same) {
            // So are all days behind it.
            day = known;
          }
        }
        boolean stands = FallWatch.stands(after[last].alarm(), after[last].score(), standing);
        if (stands && !standing) {
          alarms.add(one.at);
          if (one.at >= fall) {
            return alarms;
          }
        }
        standing = stands;
      }
      if (random.nextDouble() < ABNORMAL && random.nextDouble() < share) {
        boolean miss = random.nextDouble() >= (now < fall ? BEFORE : AFTER);
        double late = lateDays == 0 ? 0 : -lateDays * Math.log(1 - random.nextDouble());
        coming.add(new Arrival(now + late, (int) now, miss));
      }
    }
    return alarms;
  }

  static String head() {
    return """
    | truths of | said after | false alarms a year | noticed after (half, nine of ten) | in studies | within 2, 7, 30 days |
    | --- | --- | --- | --- | --- | --- |
    """;
  }

  String row(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f ± %.2f | %s, %s days | %s, %s | %.0f %%, %.0f %%, %.0f %% |%n",
        share == 1 ? "all" : "a tenth",
        lateDays == 0 ? "at once" : "%.0f days".formatted(lateDays),
        outcome.falseAlarmsAYear(),
        outcome.uncertainty(),
        days(outcome.delay(0.5)),
        days(outcome.delay(0.9)),
        studies(outcome.delay(0.5)),
        studies(outcome.delay(0.9)),
        100 * outcome.within(2),
        100 * outcome.within(7),
        100 * outcome.within(30));
  }

  private static String days(double days) {
    return Double.isInfinite(days) ? "more than 365" : String.format(Locale.ROOT, "%.1f", days);
  }

  private static String studies(double days) {
    return Double.isInfinite(days)
        ? "-"
        : String.format(Locale.ROOT, "%d", Math.round(days * STUDIES / 10) * 10);
  }
}
