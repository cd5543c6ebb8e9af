package org.osteon.limit;

import java.time.Duration;

/**
 * Waits that double from one try to the next.
 *
 * @param least first wait
 * @param most longest wait
 */
public record Backoff(Duration least, Duration most) {
  private static final int DOUBLINGS = 30;

  /**
   * @param failures in a row, from 1 on
   */
  public Duration after(int failures) {
    int doublings = Math.min(DOUBLINGS, Math.max(0, failures - 1));
    Duration wait = least.multipliedBy(1L << doublings);
    return wait.compareTo(most) > 0 ? most : wait;
  }
}
