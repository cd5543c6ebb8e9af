package org.osteon.performance.join;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Label;
import org.osteon.event.TruthRole;
import org.osteon.performance.tally.Case;

/**
 * What comes of all that was said of a study.
 *
 * <p>The weightiest role that says enough counts: what it says of the study, else what it says of
 * the images. One abnormal image makes the study abnormal; healthy it is when all images are.
 */
final class Statements {
  static final List<TruthRole> BY_WEIGHT =
      List.of(TruthRole.FOLLOW_UP, TruthRole.SECOND_READER, TruthRole.REPORT);

  private Statements() {}

  /**
   * With one more.
   *
   * @param most that are kept of a study
   * @return the same list where it changes nothing
   */
  static List<Said> with(List<Said> said, Said one, int most) {
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i).sameStatement(one)) {
        if (!one.isLaterThan(said.get(i))) {
          return said;
        }
        List<Said> next = new ArrayList<>(said);
        next.set(i, one);
        return List.copyOf(next);
      }
    }
    if (said.size() >= most) {
      return said;
    }
    List<Said> next = new ArrayList<>(said);
    next.add(one);
    return List.copyOf(next);
  }

  /** What was found in a study as a version answered it; null where the truths do not suffice. */
  static Case.@Nullable Found found(List<Said> said, Answered answered) {
    for (TruthRole role : BY_WEIGHT) {
      List<Said> counting =
          said.stream().filter(each -> each.role() == role && each.counts()).toList();
      Case.Found found = ofTheStudy(counting);
      found = found == null ? ofTheImages(counting, answered) : found;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Case.@Nullable Found ofTheStudy(List<Said> counting) {
    for (Said each : counting) {
      if (each.event() == null) {
        return new Case.Found(each.label(), each.sawAnswer());
      }
    }
    return null;
  }

  private static Case.@Nullable Found ofTheImages(List<Said> counting, Answered answered) {
    List<Said> ofOurs =
        counting.stream()
            .filter(each -> each.event() != null && answered.events().contains(each.event()))
            .toList();
    if (ofOurs.isEmpty()) {
      return null;
    }
    Label worst = Label.HEALTHY;
    for (Said each : ofOurs) {
      worst = each.label().compareTo(worst) > 0 ? each.label() : worst;
    }
    boolean all = ofOurs.size() == answered.events().size() && !answered.more();
    return worst == Label.HEALTHY && !all ? null : new Case.Found(worst, sawAnswer(ofOurs));
  }

  private static @Nullable Boolean sawAnswer(List<Said> ofOurs) {
    boolean unknown = false;
    for (Said each : ofOurs) {
      if (Boolean.TRUE.equals(each.sawAnswer())) {
        return true;
      }
      unknown |= each.sawAnswer() == null;
    }
    return unknown ? null : Boolean.FALSE;
  }
}
