package org.osteon.batch.flow;

/**
 * Whether another image can be expected soon enough to wait for it: at least one of the last two
 * came as quickly. Two, so that the second image of a burst finds company after a quiet night.
 *
 * <p><b>Threading.</b> Any; a race between two arrivals costs one image its company.
 */
public final class Arrivals {
  private volatile long lastNanos = System.nanoTime();
  private volatile long gapNanos;
  private volatile long gapBefore;

  public void arrived(long nanos) {
    gapBefore = gapNanos;
    gapNanos = Math.max(0, nanos - lastNanos);
    lastNanos = nanos;
  }

  /** Whether one may come within the time, as far as the last ones tell. */
  public boolean expectedWithin(long nanos) {
    return Math.min(gapNanos, gapBefore) <= nanos;
  }
}
