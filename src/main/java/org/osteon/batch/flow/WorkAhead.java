package org.osteon.batch.flow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * How long what waits to be fetched and decoded will take, as far as the last of it tells. Beyond a
 * limit nothing more is taken: who drains waits for all of it, and one slow picture in a hundred
 * must not be taken for a pipeline that stands still.
 *
 * <p><b>Threading.</b> Any; fetch and decode threads say what they did.
 */
public final class WorkAhead {
  /** So many of the last images make the mean. */
  private static final int OF_THE_LAST = 16;

  private final AtomicLong steps = new AtomicLong();
  private final Stage fetching;
  private final Stage decoding;
  private final long mostNanos;

  /**
   * @param most how long what was taken may take
   * @param pace of fetching
   */
  public WorkAhead(Duration most, FetchPace pace, int decodeThreads) {
    this.mostNanos = most.toNanos();
    this.fetching = new Stage(pace::atOnce);
    this.decoding = new Stage(() -> decodeThreads);
  }

  /** An image was taken; by reference it is to be fetched first. */
  public void taken(boolean byReference) {
    (byReference ? fetching : decoding).waiting.incrementAndGet();
  }

  /** A fetch ended; whether its bytes are to be decoded now. */
  public void fetched(long nanos, boolean toBeDecoded) {
    if (toBeDecoded) {
      decoding.waiting.incrementAndGet();
    }
    fetching.did(nanos);
    steps.incrementAndGet();
  }

  /**
   * A decode thread is done with an image, whatever came of it; waiting for the device included.
   */
  public void decoded(long nanos) {
    decoding.did(nanos);
    steps.incrementAndGet();
  }

  /** Something else was done for an image: it left the pipeline, or its trial goes on. */
  public void moved() {
    steps.incrementAndGet();
  }

  /** Grows with each thing that is done for an image. */
  public long steps() {
    return steps.get();
  }

  /**
   * Whether nothing more should be taken for now; never while a thread would have nothing to do.
   */
  public boolean isEnough() {
    return fetching.isEnough(mostNanos) || decoding.isEnough(mostNanos);
  }

  /** Threads that do the same, and what waits for them. */
  private static final class Stage {
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong meanNanos = new AtomicLong();
    private final IntSupplier threads;

    Stage(IntSupplier threads) {
      this.threads = threads;
    }

    void did(long nanos) {
      waiting.decrementAndGet();
      meanNanos.accumulateAndGet(nanos, (mean, one) -> mean + (one - mean) / OF_THE_LAST);
    }

    boolean isEnough(long mostNanos) {
      int ahead = waiting.get();
      int atOnce = threads.getAsInt();
      return ahead > atOnce && ahead * meanNanos.get() > mostNanos * atOnce;
    }
  }
}
