package org.osteon.fetch;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends what is still waited for at its deadline: a store that sends a byte now and then outlives
 * every time-out of a socket.
 *
 * <p><b>Threading.</b> Any; it barks on a thread of its own.
 */
final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor thread;

  Watchdog() {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread made = new Thread(work, "osteon-fetch-watchdog");
              made.setDaemon(true);
              return made;
            });
    thread.setRemoveOnCancelPolicy(true);
  }

  /** Close it when what is watched has ended. */
  interface Guard extends AutoCloseable {
    @Override
    void close();
  }

  Guard watch(Deadline deadline, Runnable abort) {
    Future<?> bark = thread.schedule(abort, deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    return () -> bark.cancel(false);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
