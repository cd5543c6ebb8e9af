package org.osteon.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The threads that decode and infer.
 *
 * <p><b>Threading.</b> One thread starts and closes them.
 */
final class PipelineThreads implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final List<Thread> decoding = new ArrayList<>();
  private final List<Thread> inferring = new ArrayList<>();

  void decoding(int index, Runnable work) {
    decoding.add(started("osteon-decode-" + index, work));
  }

  /** They end when there is nothing to infer any more: an interrupt would spoil a native call. */
  void inferring(int index, Runnable work) {
    inferring.add(started("osteon-inference-" + index, work));
  }

  private static Thread started(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Stops those that decode, and waits for all. */
  @Override
  public void close() {
    decoding.forEach(Thread::interrupt);
    try {
      for (Thread thread : inferring) {
        join(thread);
      }
      for (Thread thread : decoding) {
        join(thread);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A hung native call cannot be waited for: threads are daemons and end with the process. */
  private static void join(Thread thread) throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
  }
}
