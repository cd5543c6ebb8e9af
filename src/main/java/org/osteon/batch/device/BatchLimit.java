package org.osteon.batch.device;

/**
 * How many images a call may have: fewer where the device had no memory for more, and after a while
 * as many as before, because what took the memory may have ended.
 *
 * <p><b>Threading.</b> One inference thread.
 */
public final class BatchLimit {
  private static final int FIRST_TRIAL = 32;
  private static final int LAST_TRIAL = 8192;

  private final int most;
  private int limit;
  private int calls;
  private int trialAfter = FIRST_TRIAL;

  /**
   * @param most images of a call where there is memory
   */
  public BatchLimit(int most) {
    this.most = most;
    this.limit = most;
  }

  /** Of a call now. */
  public int images() {
    return limit;
  }

  /** There was no memory for a call of that size; the next trial of more is later each time. */
  public void hadNoMemoryFor(int size) {
    limit = Math.max(1, size / 2);
    calls = 0;
    trialAfter = Math.min(LAST_TRIAL, trialAfter * 2);
  }

  /** A call of that size was answered. */
  public void answered(int size) {
    if (limit < most && size >= limit && ++calls >= trialAfter) {
      limit = Math.min(most, limit * 2);
      calls = 0;
    }
  }
}
