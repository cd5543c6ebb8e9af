package org.osteon.batch;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.PipelineListener.FlushReason;
import org.osteon.batch.flow.Arrivals;
import org.osteon.config.keys.BatchDelays;

/**
 * Puts planes into batches and hands batches to inference threads.
 *
 * <p>An inference thread pulls, so a busy device lets the open batch grow by itself and an idle one
 * takes what is due. A batch is due when it is full; when its oldest image has waited long enough
 * since submission, or nothing that could join is to be expected; or when someone drains and
 * nothing on its way could still join.
 *
 * <p>Behind a backlog every image has waited long enough before it is decoded. Then batches of what
 * happens to be there would be small and costly, and every image would wait the longer for it: so
 * while others wait to be decoded, a batch without a STAT image fills up for a few delays more.
 *
 * <p><b>Threading.</b> Everything under one lock; a plane's bytes are written outside of it.
 */
final class Assembler {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition slotFree = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<Batch> free = new ArrayDeque<>();
  private final PriorityQueue<Ready> ready =
      new PriorityQueue<>(
          Comparator.comparing((Ready r) -> !r.batch.hasStat()).thenComparingLong(Ready::order));
  private final int maxSize;
  private final int planeBytes;
  private final long maxDelayNanos;
  private final Upstream upstream;
  private @Nullable Batch open;
  private long order;
  private int drains;
  private int idle;
  private boolean closed;

  private record Ready(Batch batch, long order) {}

  /** A row of a batch, to be written and then finished. */
  record Slot(Batch batch, int row) {}

  /**
   * What is on its way to a slot.
   *
   * @param undecoded images that were submitted and are in no batch
   * @param waiting those of them that wait for a decode thread
   * @param arrivals when they were submitted
   */
  record Upstream(IntSupplier undecoded, IntSupplier waiting, Arrivals arrivals) {}

  Assembler(int batches, int maxSize, int planeBytes, long maxDelayNanos, Upstream upstream) {
    this.maxSize = maxSize;
    this.planeBytes = planeBytes;
    this.maxDelayNanos = maxDelayNanos;
    this.upstream = upstream;
    for (int i = 0; i < batches; i++) {
      free.add(new Batch(maxSize, planeBytes));
    }
  }

  /** Images in a full batch. */
  int maxSize() {
    return maxSize;
  }

  /** Of one image. */
  int planeBytes() {
    return planeBytes;
  }

  /** Waits for a slot; the number of buffers bounds how far decoding runs ahead of the device. */
  Slot claim(InFlight image) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Batch batch = open;
      while (batch == null) {
        batch = free.poll();
        if (batch == null) {
          slotFree.await();
          batch = open;
        } else {
          open = batch;
        }
      }
      Slot slot = new Slot(batch, batch.claim(image));
      if (batch.full()) {
        batch.leave = FlushReason.FULL;
        open = null;
      }
      return slot;
    } finally {
      lock.unlock();
    }
  }

  void finish(Slot slot, boolean hole) {
    lock.lock();
    try {
      Batch batch = slot.batch;
      batch.finish(slot.row, hole);
      if (batch != open && batch.complete()) {
        ready.add(new Ready(batch, order++));
      }
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next batch that is due; null once closed. */
  @Nullable Batch take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Ready next = ready.poll();
        if (next != null) {
          return next.batch;
        }
        long wait = untilOpenIsDue();
        if (wait <= 0) {
          sealOpen();
        } else {
          idle++;
          try {
            work.awaitNanos(wait);
          } finally {
            idle--;
          }
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  void recycle(Batch batch) {
    lock.lock();
    try {
      batch.reset();
      free.add(batch);
      slotFree.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * While someone drains, a batch that nothing can join any more does not wait for its deadline.
   */
  void draining(boolean begins) {
    lock.lock();
    try {
      drains += begins ? 1 : -1;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Something on its way ended without a slot, so an open batch may now be due. */
  void look() {
    lock.lock();
    try {
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether an inference thread waits for work and there is none for it yet. */
  boolean hasIdleThread() {
    lock.lock();
    try {
      return idle > 0 && ready.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long untilOpenIsDue() {
    Batch batch = open;
    if (batch == null || batch.empty() || !batch.complete()) {
      // Half-written rows are a resize away; finish() signals.
      return TimeUnit.SECONDS.toNanos(1);
    }
    int undecoded = upstream.undecoded.getAsInt();
    if (drains > 0 && undecoded == 0) {
      batch.leave = FlushReason.DRAIN;
      return 0;
    }
    long now = System.nanoTime();
    batch.leave = FlushReason.DEADLINE;
    long left = batch.oldestNanos() + maxDelayNanos - now;
    if (left > 0) {
      if (undecoded == 0 && !upstream.arrivals.expectedWithin(left)) {
        batch.leave = FlushReason.ALONE;
        return 0;
      }
      return left;
    }
    if (!batch.hasStat() && upstream.waiting.getAsInt() > 0) {
      return batch.openedNanos() + maxDelayNanos * BatchDelays.BEHIND_A_BACKLOG - now;
    }
    return left;
  }

  private void sealOpen() {
    Batch batch = open;
    if (batch != null) {
      ready.add(new Ready(batch, order++));
      open = null;
    }
  }
}
