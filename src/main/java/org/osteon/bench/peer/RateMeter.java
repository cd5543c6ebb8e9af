package org.osteon.bench.peer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Images a second of the second half of a backlog: what comes before is starting and warming, that
 * of the decode processes too, which compile for their first seconds.
 *
 * <p><b>Threading.</b> Any thread counts.
 */
public final class RateMeter {
  private final AtomicInteger seen = new AtomicInteger();
  private final CountDownLatch all = new CountDownLatch(1);
  private final int events;
  private final Runnable warm;
  private volatile long halfNanos;
  private volatile long lastNanos;

  public RateMeter(int events) {
    this(events, () -> {});
  }

  /**
   * @param warm called when the first half is answered and measuring begins
   */
  public RateMeter(int events, Runnable warm) {
    this.events = events;
    this.warm = warm;
  }

  /** Images that the rate is made of. */
  public int measured() {
    return events - events / 2;
  }

  public void count() {
    int n = seen.incrementAndGet();
    if (n == events / 2) {
      warm.run();
      halfNanos = System.nanoTime();
    } else if (n == events) {
      lastNanos = System.nanoTime();
      all.countDown();
    }
  }

  /**
   * Waits for the last image.
   *
   * @throws IllegalStateException where it does not come in time
   */
  public double imagesPerSecond(Duration patience) throws InterruptedException {
    if (!all.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "Only " + seen + " of " + events + " images were answered within " + patience + ".");
    }
    return measured() / ((lastNanos - halfNanos) / 1e9);
  }
}
