package org.osteon.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or SIGTERM, while everything runs in one process: it ends when what a demo began is
 * closed. A process that ends earlier leaves folders and children behind, and RocksDB's own threads
 * read what its library has already destroyed.
 *
 * <p><b>Threading.</b> Asked by the signal's thread, read by any.
 */
public final class StopRequest implements AutoCloseable {
  /** A second Ctrl-C is not heard, so it is not waited for without end. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Thread hook = new Thread(this::stop, "osteon-demo-stop");
  private volatile boolean asked;

  private StopRequest() {}

  /** Listens from here on, until closed. */
  public static StopRequest watch() {
    StopRequest request = new StopRequest();
    Runtime.getRuntime().addShutdownHook(request.hook);
    return request;
  }

  /** Whether the process has been asked to end. */
  public boolean asked() {
    return asked;
  }

  /** Runs this when it is asked, in another thread, or here and now where it was; also twice. */
  public void then(Runnable listener) {
    listeners.add(listener);
    if (asked) {
      listener.run();
    }
  }

  /** Everything is closed: the process may end. */
  @Override
  public void close() {
    closed.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The signal comes just now, and finds the latch open.
      }
    }
  }

  private void stop() {
    asked = true;
    listeners.forEach(Runnable::run);
    try {
      if (!closed.await(LONGEST.toNanos(), TimeUnit.NANOSECONDS)) {
        System.err.println("Something does not close; the process ends without it.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
