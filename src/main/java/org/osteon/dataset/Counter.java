package org.osteon.dataset;

import java.util.function.LongConsumer;

/**
 * Counts on from a number and tells how far it is.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Counter implements Runnable {
  private final LongConsumer progress;
  private long count;

  public Counter(LongConsumer progress, long from) {
    this.progress = progress;
    this.count = from;
  }

  @Override
  public void run() {
    progress.accept(++count);
  }
}
