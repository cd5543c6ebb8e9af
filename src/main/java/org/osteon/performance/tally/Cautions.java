package org.osteon.performance.tally;

import java.util.ArrayList;
import java.util.List;
import org.osteon.event.Finding;
import org.osteon.event.Label;
import org.osteon.performance.statistics.Interval;

/** Why figures are to be taken with care. */
final class Cautions {
  /** Fewer abnormal or healthy cases than these say little about a share. */
  private static final int FEW = 30;

  private static final double MOST_OF_THEM = 0.5;
  private static final double SOME_OF_THEM = 0.1;
  private static final Label[] ANY = {Label.HEALTHY, Label.FRACTURED, Label.BEYOND_REPAIR};

  private Cautions() {}

  /** Stable codes, none where there is nothing to say. */
  static List<String> of(DayCounts sums) {
    List<String> cautions = new ArrayList<>();
    long truths = sums.healthy() + sums.abnormal();
    if (sums.healthy() < FEW || sums.abnormal() < FEW) {
      cautions.add("FEW_TRUTHS");
    }
    if (truths < MOST_OF_THEM * sums.studies()) {
      cautions.add("FEW_OF_THE_STUDIES");
    }
    if (byFinding(sums, truths)) {
      cautions.add("TRUTHS_BY_FINDING");
    }
    if (sums.notBlind() > SOME_OF_THEM * truths) {
      cautions.add("READERS_SAW_THE_ANSWER");
    }
    return cautions;
  }

  /**
   * Whether those in which something was found get another share of truths than those in which
   * nothing was: then sensitivity looks better than it is (verification bias).
   */
  private static boolean byFinding(DayCounts sums, long truths) {
    long nothing = sums.found(Finding.NONE);
    long something = sums.studies() - nothing;
    if (nothing == 0 || something == 0) {
      return false;
    }
    long somethingKnown = sums.atLeast(Finding.DOUBT, ANY);
    Interval of = Interval.wilson(Math.min(somethingKnown, something), something);
    Interval others = Interval.wilson(Math.max(0, truths - somethingKnown), nothing);
    return of.low() > others.high() || others.low() > of.high();
  }
}
