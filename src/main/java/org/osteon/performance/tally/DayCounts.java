package org.osteon.performance.tally;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Finding;
import org.osteon.event.Label;
import org.osteon.performance.statistics.Calibration;

/**
 * Whole numbers of the cases of a group on a day: sums that can be taken back exactly.
 *
 * <p><b>Threading.</b> One thread; mutable.
 */
public final class DayCounts {
  private static final Finding[] FINDINGS = Finding.values();
  private static final Label[] LABELS = Label.values();

  /** Written down so: a finding or label that is new one day goes behind the bins. */
  private static final int ROWS = 5;

  private static final int COLUMNS = 4;
  private static final int TABLE = ROWS * COLUMNS;

  private static final int REFERRED = TABLE;
  private static final int NOT_BLIND = TABLE + 1;
  private static final int BINS = TABLE + 2;
  private static final int LENGTH = BINS + 3 * Calibration.BINS;

  private final long[] sums;

  /** None. */
  public DayCounts() {
    this.sums = new long[LENGTH];
  }

  private DayCounts(long[] sums) {
    this.sums = sums;
  }

  /**
   * @param stored as {@link #stored} gave them, or null
   */
  static DayCounts of(long @Nullable [] stored) {
    return stored == null ? new DayCounts() : new DayCounts(Arrays.copyOf(stored, LENGTH));
  }

  long[] stored() {
    return sums.clone();
  }

  /** Counts a case in, or takes it back. */
  void add(Case counted, int times) {
    Case.Answer answer = counted.answer();
    Case.Found truth = counted.truth();
    sums[cell(answer.finding(), truth == null ? null : truth.label())] += times;
    sums[REFERRED] += answer.referred() ? times : 0;
    if (truth != null) {
      sums[NOT_BLIND] += Boolean.FALSE.equals(truth.sawAnswer()) ? 0 : times;
      int bin = BINS + 3 * Calibration.bin(answer.millionths() / 1e6);
      sums[bin] += times;
      sums[bin + 1] += (long) times * answer.millionths();
      sums[bin + 2] += isAbnormal(truth.label()) ? times : 0;
    }
  }

  void add(DayCounts other) {
    for (int i = 0; i < LENGTH; i++) {
      sums[i] += other.sums[i];
    }
  }

  boolean isEmpty() {
    return Arrays.stream(sums).allMatch(each -> each == 0);
  }

  /**
   * Cases of a cell of the table.
   *
   * @param truth null for cases that have none
   */
  public long count(Finding finding, @Nullable Label truth) {
    return sums[cell(finding, truth)];
  }

  /** Cases with at least that finding, of those with these truths. */
  public long atLeast(Finding least, Label... truths) {
    long sum = 0;
    for (Finding finding : FINDINGS) {
      if (finding.compareTo(least) >= 0) {
        for (Label truth : truths) {
          sum += count(finding, truth);
        }
      }
    }
    return sum;
  }

  /** Cases that are healthy. */
  public long healthy() {
    return atLeast(Finding.UNKNOWN, Label.HEALTHY);
  }

  /** Cases that are not. */
  public long abnormal() {
    return atLeast(Finding.UNKNOWN, Label.FRACTURED, Label.BEYOND_REPAIR);
  }

  /** Cases with that finding, whatever is known of them. */
  public long found(Finding finding) {
    long sum = 0;
    for (Label label : LABELS) {
      sum += sums[cell(finding, label)];
    }
    return sum;
  }

  /** All cases. */
  public long studies() {
    return Arrays.stream(FINDINGS).mapToLong(this::found).sum();
  }

  /** Cases of which a person was asked to decide. */
  public long referred() {
    return sums[REFERRED];
  }

  /** Truths of readers who are not known to have judged without the answer. */
  public long notBlind() {
    return sums[NOT_BLIND];
  }

  /** Probabilities and what came true. */
  public Calibration calibration() {
    long[] counts = new long[Calibration.BINS];
    double[] probabilities = new double[Calibration.BINS];
    long[] hits = new long[Calibration.BINS];
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      counts[bin] = sums[BINS + 3 * bin];
      probabilities[bin] = sums[BINS + 3 * bin + 1] / 1e6;
      hits[bin] = sums[BINS + 3 * bin + 2];
    }
    return new Calibration(counts, probabilities, hits);
  }

  static boolean isAbnormal(Label label) {
    return label == Label.FRACTURED || label == Label.BEYOND_REPAIR;
  }

  private static int cell(Finding finding, @Nullable Label truth) {
    int row =
        switch (finding) {
          case UNKNOWN -> 0;
          case NONE -> 1;
          case DOUBT -> 2;
          case DEFINITE -> 3;
          case CRITICAL -> 4;
        };
    return row * COLUMNS + (truth == null ? 0 : column(truth));
  }

  private static int column(Label truth) {
    return switch (truth) {
      // Of those without a truth.
      case UNKNOWN -> 0;
      case HEALTHY -> 1;
      case FRACTURED -> 2;
      case BEYOND_REPAIR -> 3;
    };
  }
}
