package org.osteon.service.canary;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.topology.model.Candidate.Fate;

/**
 * One image in both versions.
 *
 * @param against what of it speaks against the canary
 * @param referral 1 where it alone refers, −1 where the active version alone does, else 0
 * @param timed whether both called their model, so that their times can be compared
 */
record Seen(Set<Criterion> against, int referral, boolean timed) {
  /**
   * @param second null where it said nothing
   * @param ratio of times that it may take
   * @param cpu whether a call takes about as much time for each image of its batch
   */
  static Seen of(
      ClassificationResult first,
      @Nullable ClassificationResult second,
      Fate fate,
      double ratio,
      boolean cpu) {
    EnumSet<Criterion> against = EnumSet.noneOf(Criterion.class);
    if (second == null) {
      against.add(fate == Fate.LATE ? Criterion.LATE : Criterion.FAILED);
      return new Seen(against, 0, false);
    }
    if (first.getLabel() != second.getLabel()) {
      against.add(Criterion.DISAGREED);
    }
    boolean timed = first.getBatchSize() > 0 && second.getBatchSize() > 0;
    if (timed && call(second, cpu) > ratio * call(first, cpu)) {
      against.add(Criterion.SLOW);
    }
    return new Seen(against, refers(second) - refers(first), timed);
  }

  private static int refers(ClassificationResult result) {
    return result.getDecision() == Decision.REFER ? 1 : 0;
  }

  /** What one image costs, in microseconds, 1 at least. */
  private static double call(ClassificationResult result, boolean cpu) {
    double call = result.getTiming().getInferenceMicros();
    return Math.max(1, cpu ? call / result.getBatchSize() : call);
  }
}
