package org.osteon.client;

import java.util.concurrent.TimeUnit;

/** Lets things happen so many times a second, evenly. For one thread. */
public final class RateLimiter {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final long begun = System.nanoTime();
  private long passed;

  /**
   * @param perSecond how many; 0 for no limit
   */
  public RateLimiter(double perSecond) {
    this.perSecond = perSecond;
  }

  /** Returns when the next one may happen. */
  public void await() throws InterruptedException {
    if (perSecond > 0) {
      long due = begun + (long) (passed * NANOS / perSecond);
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      passed++;
    }
  }
}
