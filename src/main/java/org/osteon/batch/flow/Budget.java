package org.osteon.batch.flow;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What is in flight, counted in images and in bytes, and in time where someone can tell.
 *
 * <p><b>Threading.</b> Taken by submitters, given back by whichever thread ends an image.
 */
public final class Budget {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final int maxImages;
  private final long maxBytes;
  private final BooleanSupplier enough;
  private int images;
  private long bytes;

  /** Empty. */
  public Budget(int maxImages, long maxBytes) {
    this(maxImages, maxBytes, () -> false);
  }

  /**
   * @param enough whether what is in flight will take long enough as it is
   */
  public Budget(int maxImages, long maxBytes, BooleanSupplier enough) {
    this.maxImages = maxImages;
    this.maxBytes = maxBytes;
    this.enough = enough;
  }

  /**
   * Takes room for one image, waiting up to {@code nanos}.
   *
   * @return whether there was room in time
   */
  public boolean take(long weight, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (!fits(weight)) {
        if (left <= 0) {
          return false;
        }
        left = freed.awaitNanos(left);
      }
      images++;
      bytes += weight;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives the room of one image back. */
  public void give(long weight) {
    lock.lock();
    try {
      images--;
      bytes -= weight;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public int images() {
    lock.lock();
    try {
      return images;
    } finally {
      lock.unlock();
    }
  }

  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(long weight) {
    // One that is heavier than the whole budget goes when nothing else is there: late, not never.
    return images == 0
        || (images < maxImages && bytes + weight <= maxBytes && !enough.getAsBoolean());
  }
}
