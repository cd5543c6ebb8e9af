package org.osteon.performance.tally;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.event.GroupDimension;

/**
 * Cases that are counted together.
 *
 * @param scope version and site
 * @param dimension by what they are told apart beside it
 * @param value of the dimension; null of ALL, and where results do not say
 */
public record Group(Scope scope, GroupDimension dimension, @Nullable String value) {
  private static final int PARTS = 6;

  /** The groups of a scope that a case is in, one for each dimension. */
  static List<Group> of(Scope scope, Case counted) {
    Case.Traits traits = counted.traits();
    List<Group> all = new ArrayList<>(5);
    all.add(new Group(scope, GroupDimension.ALL, null));
    all.add(new Group(scope, GroupDimension.BODY_PART, traits.bodyPart()));
    all.add(new Group(scope, GroupDimension.AGE_BAND, traits.ageBand()));
    all.add(new Group(scope, GroupDimension.SCANNER, traits.scanner()));
    all.add(new Group(scope, GroupDimension.PRIORITY, traits.priority()));
    return all;
  }

  /** Whether shares are tested for a fall: more groups would only be more false alarms. */
  boolean tested() {
    return dimension == GroupDimension.ALL
        || dimension == GroupDimension.BODY_PART
        || dimension == GroupDimension.SCANNER;
  }

  /** Its key in the store of groups. */
  String key() {
    return String.join(
        Scope.TAB, scope.key(), dimension.name(), value == null ? "" : Scope.clean(value));
  }

  /** The key of one of its days, in the order of days. */
  String key(long day) {
    return key() + Scope.TAB + LocalDate.ofEpochDay(day);
  }

  /** The group of a key of {@link #key()} or {@link #key(long)}. */
  static Group parse(String key) {
    String[] parts = key.split(Scope.TAB, -1);
    Scope scope = Scope.parse(String.join(Scope.TAB, List.of(parts).subList(0, 4)));
    return new Group(scope, GroupDimension.valueOf(parts[4]), parts[5].isEmpty() ? null : parts[5]);
  }

  /** The day of a key of {@link #key(long)}. */
  static long day(String key) {
    return LocalDate.parse(key.split(Scope.TAB, -1)[PARTS]).toEpochDay();
  }
}
