package org.osteon.limit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives an end to what a library does without one: it has time-outs for each wait and none for all
 * of them, so a peer that sends a byte now and then would keep its caller forever.
 *
 * <p><b>Threading.</b> The work has a thread of its own, which is interrupted when its time is
 * over.
 */
public final class TimedCall {
  private TimedCall() {}

  /**
   * @param name of the thread
   * @param most that the work may take
   * @throws TimeoutException it took longer
   * @throws ExecutionException what the work threw is its cause
   * @throws InterruptedException the caller was told to end; so is the work
   */
  public static <T> T of(String name, Duration most, Callable<T> work)
      throws TimeoutException, ExecutionException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      task.cancel(true);
    }
  }
}
