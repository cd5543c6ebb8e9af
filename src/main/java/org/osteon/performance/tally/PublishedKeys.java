package org.osteon.performance.tally;

import java.time.LocalDate;
import org.osteon.event.Period;

/** Keys of {@code topics.performance}, by which it is compacted. */
final class PublishedKeys {
  private PublishedKeys() {}

  static String day(Group group, long day) {
    return String.join(
        Scope.TAB, group.key(), Period.DAY.name(), LocalDate.ofEpochDay(day).toString());
  }

  static String sliding(Group group) {
    return String.join(Scope.TAB, group.key(), Period.THIRTY_DAYS.name());
  }
}
