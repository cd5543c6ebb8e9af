package org.osteon.batch.flow;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many images are fetched at once: some at first, and one more for each that arrives while all
 * of these are on their way and the decoders wait for more. So a store that takes half a second is
 * asked for hundreds at once after a few round trips, and one that answers in milliseconds never
 * is: a small archive serves so many connections, and leaves others without an answer.
 *
 * <p><b>Threading.</b> Any.
 */
public final class FetchPace {
  /** Enough that a few fetches from a store that hangs keep no other store's images waiting. */
  private static final int FIRST = 64;

  private final int least;
  private final int most;
  private final AtomicInteger atOnce;

  /**
   * @param most images at once, however slow the store
   */
  public FetchPace(int most) {
    this.most = most;
    this.least = Math.min(FIRST, most);
    this.atOnce = new AtomicInteger(least);
  }

  /** Images that may be fetched at once now. */
  public int atOnce() {
    return atOnce.get();
  }

  /**
   * An image has arrived.
   *
   * @param inHand those that are fetched or wait to be, itself counted in
   * @param starved whether the decoders wait for more
   */
  public void arrived(int inHand, boolean starved) {
    if (starved) {
      atOnce.updateAndGet(now -> inHand < now ? now : Math.min(most, now + 1));
    }
  }

  /** No more than so many were needed lately. */
  public void needed(int lately) {
    atOnce.updateAndGet(now -> Math.max(least, Math.min(now, lately)));
  }
}
