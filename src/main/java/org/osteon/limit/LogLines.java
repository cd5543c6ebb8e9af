package org.osteon.limit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * So many lines of a log a second for what others cause, and a count of the rest: a full disk would
 * be the next trouble.
 *
 * <p><b>Threading.</b> Any.
 */
public final class LogLines {
  private final int most;
  private long second = Long.MIN_VALUE;
  private int written;
  private long unwritten;

  /**
   * @param most lines a second
   */
  public LogLines(int most) {
    this.most = most;
  }

  /**
   * Whether a line may be written now.
   *
   * @param silent told, before the first line of a second, how many were not written since
   */
  public boolean allows(LongConsumer silent) {
    long before;
    synchronized (this) {
      long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
      if (second == now && written >= most) {
        unwritten++;
        return false;
      }
      written = second == now ? written + 1 : 1;
      second = now;
      before = unwritten;
      unwritten = 0;
    }
    if (before > 0) {
      silent.accept(before);
    }
    return true;
  }
}
