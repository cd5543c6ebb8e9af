package org.osteon.deliver;

import java.time.Duration;

/**
 * Waits that double, from a quarter of a second to a most.
 *
 * @param most longest wait
 */
record Backoff(Duration most) {
  private static final Duration LEAST = Duration.ofMillis(250);
  private static final int DOUBLINGS = 30;

  /**
   * @param failures in a row, from 1 on
   */
  Duration after(int failures) {
    int doublings = Math.min(DOUBLINGS, Math.max(0, failures - 1));
    Duration wait = LEAST.multipliedBy(1L << doublings);
    return wait.compareTo(most) > 0 ? most : wait;
  }
}
