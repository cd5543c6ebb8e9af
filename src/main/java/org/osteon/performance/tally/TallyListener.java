package org.osteon.performance.tally;

import java.util.Map;
import org.osteon.event.FallTest;
import org.osteon.event.Performance;
import org.osteon.event.TestedMeasure;

/**
 * Told of what the tests say.
 *
 * <p><b>Threading.</b> Called by stream threads; quick and without blocking.
 */
public interface TallyListener {
  /**
   * Groups whose share is taken for fallen, of one task; none when the task goes elsewhere.
   *
   * @param task by its name
   */
  void fallen(String task, Map<TestedMeasure, Integer> groups);

  /** A test raised an alarm that did not stand before. */
  void fell(Performance of, FallTest test);
}
