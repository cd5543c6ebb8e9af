package org.osteon.performance.tally;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case that became another; the internal topic between join and tally carries these, keyed by
 * {@link Scope}.
 *
 * @param before null where it was counted nowhere
 * @param after null where it is counted nowhere any more
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CaseChange(@Nullable Case before, @Nullable Case after) {

  /** A change on its way to where it is added up. */
  public record Addressed(Scope scope, CaseChange change) {}

  /**
   * The change once for its site and once for all sites together.
   *
   * @return nothing where nothing changed
   */
  public static List<Addressed> of(@Nullable Case before, @Nullable Case after) {
    List<Addressed> all = new ArrayList<>();
    if (before == null ? after == null : before.equals(after)) {
      return all;
    }
    Scope from = before == null ? null : Scope.of(before);
    Scope to = after == null ? null : Scope.of(after);
    if (from == null || to == null || from.equals(to)) {
      add(all, from == null ? to : from, new CaseChange(before, after));
    } else {
      add(all, from, new CaseChange(before, null));
      add(all, to, new CaseChange(null, after));
    }
    return all;
  }

  private static void add(List<Addressed> all, @Nullable Scope scope, CaseChange change) {
    if (scope != null) {
      all.add(new Addressed(scope, change));
      all.add(new Addressed(scope.everywhere(), change));
    }
  }
}
