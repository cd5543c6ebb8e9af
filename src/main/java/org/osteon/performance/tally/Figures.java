package org.osteon.performance.tally;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.event.CalibrationBin;
import org.osteon.event.CalibrationError;
import org.osteon.event.FallTest;
import org.osteon.event.Finding;
import org.osteon.event.FindingCount;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;
import org.osteon.event.Performance;
import org.osteon.event.Period;
import org.osteon.event.Proportion;
import org.osteon.performance.statistics.Calibration;
import org.osteon.performance.statistics.Interval;

/** From sums to what is published of them. */
final class Figures {
  private static final Label[] ABNORMAL = {Label.FRACTURED, Label.BEYOND_REPAIR};
  private static final Label[] ANY = {Label.HEALTHY, Label.FRACTURED, Label.BEYOND_REPAIR};

  private Figures() {}

  /** The period that sums are of; days since 1970. */
  record Days(Period period, long from, long to) {}

  /**
   * @param sums of the period
   * @param tests of the group, where it is tested
   */
  static Performance of(Group group, Days days, DayCounts sums, List<FallTest> tests, Instant now) {
    Case.Version by = group.scope().by();
    long truths = sums.healthy() + sums.abnormal();
    long flagged = sums.atLeast(Finding.DOUBT, ANY);
    long alerted = sums.atLeast(Finding.DEFINITE, ANY);
    Calibration calibration = sums.calibration();
    return Performance.newBuilder()
        .setModel(new ModelRef(by.name(), by.version(), by.sha256()))
        .setFacility(group.scope().facility())
        .setDimension(group.dimension())
        .setValue(group.value())
        .setPeriod(days.period)
        .setFromDay(LocalDate.ofEpochDay(days.from))
        .setToDay(LocalDate.ofEpochDay(days.to))
        .setStudies(sums.studies())
        .setCounts(table(sums))
        .setTruthShare(share(truths, sums.studies()))
        .setSensitivity(share(sums.atLeast(Finding.DOUBT, ABNORMAL), sums.abnormal()))
        .setSpecificity(
            share(sums.healthy() - sums.atLeast(Finding.DOUBT, Label.HEALTHY), sums.healthy()))
        .setDefiniteSensitivity(share(sums.atLeast(Finding.DEFINITE, ABNORMAL), sums.abnormal()))
        .setDefiniteSpecificity(
            share(sums.healthy() - sums.atLeast(Finding.DEFINITE, Label.HEALTHY), sums.healthy()))
        .setPositivePredictiveValue(share(sums.atLeast(Finding.DOUBT, ABNORMAL), flagged))
        .setAlertPrecision(share(sums.atLeast(Finding.DEFINITE, ABNORMAL), alerted))
        .setReferralShare(share(sums.referred(), sums.studies()))
        .setSawAnswerShare(share(sums.notBlind(), truths))
        .setCalibrationError(error(calibration))
        .setCalibration(bins(calibration))
        .setTests(tests)
        .setCautions(Cautions.of(sums))
        .setUpdatedAt(now)
        .build();
  }

  /** Null of nothing. */
  static @Nullable Proportion share(long hits, long of) {
    if (of == 0) {
      return null;
    }
    Interval interval = Interval.wilson(hits, of);
    return new Proportion(hits, of, (double) hits / of, interval.low(), interval.high());
  }

  private static List<FindingCount> table(DayCounts sums) {
    List<FindingCount> cells = new ArrayList<>();
    for (Finding finding : Finding.values()) {
      for (Label label : Label.values()) {
        Label truth = label == Label.UNKNOWN ? null : label;
        long count = sums.count(finding, truth);
        if (count > 0) {
          cells.add(
              FindingCount.newBuilder()
                  .setFinding(finding)
                  .setTruth(truth)
                  .setStudies(count)
                  .build());
        }
      }
    }
    return cells;
  }

  private static @Nullable CalibrationError error(Calibration calibration) {
    Double error = calibration.error();
    Interval interval = calibration.interval();
    return error == null || interval == null
        ? null
        : new CalibrationError(error, interval.low(), interval.high());
  }

  private static List<CalibrationBin> bins(Calibration calibration) {
    List<CalibrationBin> bins = new ArrayList<>();
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      long count = calibration.counts()[bin];
      if (count > 0) {
        bins.add(
            new CalibrationBin(
                bin, count, calibration.sums()[bin] / count, calibration.hits()[bin]));
      }
    }
    return bins;
  }
}
