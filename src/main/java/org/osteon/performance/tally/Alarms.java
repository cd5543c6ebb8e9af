package org.osteon.performance.tally;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osteon.event.TestedMeasure;

/**
 * Which alarms stand, of one task.
 *
 * <p><b>Threading.</b> The task's.
 */
final class Alarms {
  private final Map<String, List<String>> standing = new HashMap<>();

  /**
   * @param group its key
   * @param measures names of those whose alarm stands
   */
  void stand(String group, List<String> measures) {
    if (measures.isEmpty()) {
      standing.remove(group);
    } else {
      standing.put(group, List.copyOf(measures));
    }
  }

  boolean stands(String group, String measure) {
    return standing.getOrDefault(group, List.of()).contains(measure);
  }

  /** Groups by measure. */
  Map<TestedMeasure, Integer> count() {
    Map<TestedMeasure, Integer> counts = new EnumMap<>(TestedMeasure.class);
    standing
        .values()
        .forEach(
            measures ->
                measures.forEach(
                    each -> counts.merge(TestedMeasure.valueOf(each), 1, Integer::sum)));
    return counts;
  }
}
