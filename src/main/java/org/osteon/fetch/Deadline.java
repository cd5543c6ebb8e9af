package org.osteon.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When something must have ended.
 *
 * @param nanos on the clock of {@link System#nanoTime}
 */
record Deadline(long nanos) {
  boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** Never less than a millisecond, which clients take for "no limit" when it is zero. */
  Duration left() {
    long left = nanos - System.nanoTime();
    return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), left));
  }

  void check() throws IOException {
    if (passed()) {
      throw new IOException("no answer in time");
    }
  }
}
