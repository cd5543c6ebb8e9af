package org.osteon.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * All CPUs at one list, the answers in the order of the list.
 *
 * <p><b>Threading.</b> One thread calls; the work runs on daemon threads of its own.
 */
public final class Workers implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          run -> {
            Thread thread = new Thread(run, "osteon-dataset");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Works on each item.
   *
   * @param done called by this thread after each item, in order
   * @throws RuntimeException the first that the work threw
   */
  public <T, R> List<R> map(List<T> items, Function<T, R> work, Runnable done) {
    List<Future<R>> futures = new ArrayList<>();
    for (T item : items) {
      futures.add(threads.submit(() -> work.apply(item)));
    }
    List<R> results = new ArrayList<>();
    for (Future<R> future : futures) {
      results.add(await(future));
      done.run();
    }
    return results;
  }

  private static <R> R await(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("It was interrupted: run it again to go on.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
