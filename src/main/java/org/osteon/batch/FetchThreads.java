package org.osteon.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osteon.batch.flow.FetchPace;

/**
 * As many threads as the stores' latency asks for, see {@link FetchPace}: another is started when
 * more images are in hand than there are threads, and one that has had nothing to do for a while
 * ends.
 *
 * <p><b>Threading.</b> Any thread hands in; fetch threads take.
 */
final class FetchThreads implements AutoCloseable {
  private static final long IDLE_SECONDS = 60;

  private final PriorityBlockingQueue<InFlight> queue =
      new PriorityBlockingQueue<>(64, InFlight::byUrgency);
  private final List<Thread> threads = new ArrayList<>();
  private final FetchPace pace;
  private final BooleanSupplier starved;
  private final FetchWorker worker;
  private int inHand;
  private int named;
  private boolean closed;

  /**
   * @param pace says how many threads there may be
   * @param starved whether the decoders wait for more
   * @param worker fetches one image; used by all threads
   */
  FetchThreads(FetchPace pace, BooleanSupplier starved, FetchWorker worker) {
    this.pace = pace;
    this.starved = starved;
    this.worker = worker;
  }

  /** Hands in an image that is to be fetched. */
  synchronized void add(InFlight image) {
    queue.add(image);
    inHand++;
    startIfNeeded();
  }

  /** Under the lock. */
  private void startIfNeeded() {
    if (inHand > threads.size() && threads.size() < pace.atOnce() && !closed) {
      Thread thread = new Thread(this::work, "osteon-fetch-" + named++);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void work() {
    try {
      while (true) {
        InFlight image = queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        if (image != null) {
          fetch(image);
        } else if (endsUnneeded()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fetch(InFlight image) throws InterruptedException {
    boolean arrived = false;
    try {
      arrived = worker.fetch(image);
    } finally {
      synchronized (this) {
        if (arrived) {
          pace.arrived(inHand, starved.getAsBoolean());
        }
        inHand--;
        startIfNeeded();
      }
    }
  }

  /** Under the lock: nothing is handed in between this look and the end of the thread. */
  private synchronized boolean endsUnneeded() {
    boolean ends = queue.isEmpty() && threads.remove(Thread.currentThread());
    if (ends) {
      pace.needed(threads.size());
    }
    return ends;
  }

  /** Threads that there are. */
  synchronized int size() {
    return threads.size();
  }

  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(threads);
    }
    running.forEach(Thread::interrupt);
  }
}
