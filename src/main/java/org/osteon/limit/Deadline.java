package org.osteon.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When something must have ended.
 *
 * @param nanos on the clock of {@link System#nanoTime}
 */
public record Deadline(long nanos) {
  /** So long from now on. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Whether it is over. */
  public boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** Never less than a millisecond, which clients take for "no limit" when it is zero. */
  public Duration left() {
    long left = nanos - System.nanoTime();
    return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), left));
  }

  /**
   * @throws IOException it is over
   */
  public void check() throws IOException {
    if (passed()) {
      throw new IOException("no answer in time");
    }
  }
}
