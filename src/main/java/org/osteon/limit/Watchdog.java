package org.osteon.limit;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends what is still waited for at its deadline: a peer that sends a byte now and then outlives
 * every time-out of a socket.
 *
 * <p><b>Threading.</b> Any; it barks on threads of its own, and one bark that hangs in a connection
 * keeps no other back.
 */
public final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor clock;
  private final ThreadPoolExecutor barks;

  /**
   * @param name of its threads
   */
  public Watchdog(String name) {
    clock = new ScheduledThreadPoolExecutor(1, work -> daemon(work, name));
    clock.setRemoveOnCancelPolicy(true);
    barks =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> daemon(work, name + "-bark"));
  }

  /** What is watched; close it when that has ended. */
  public final class Guard implements AutoCloseable {
    private final Future<?> bark;
    private @Nullable Runnable abort;
    private boolean late;

    private Guard(Deadline deadline) {
      bark = clock.schedule(this::bark, deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * What ends it from now on; at once, where the deadline has passed already.
     *
     * @param abort quick, and harmless when nothing is left to end
     */
    public void endsBy(Runnable abort) {
      boolean now;
      synchronized (this) {
        this.abort = abort;
        now = late;
      }
      if (now) {
        abort.run();
      }
    }

    /** Whether the deadline passed while it was watched. */
    public synchronized boolean barked() {
      return late;
    }

    private void bark() {
      Runnable now;
      synchronized (this) {
        late = true;
        now = abort;
      }
      if (now != null) {
        barks.execute(now);
      }
    }

    @Override
    public void close() {
      bark.cancel(false);
    }
  }

  /** Watches from now on; {@link Guard#endsBy} says how it ends. */
  public Guard watch(Deadline deadline) {
    return new Guard(deadline);
  }

  /** Watches from now on. */
  public Guard watch(Deadline deadline, Runnable abort) {
    Guard guard = new Guard(deadline);
    guard.endsBy(abort);
    return guard;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    barks.shutdown();
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
