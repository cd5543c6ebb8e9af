package org.osteon.event.registry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.osteon.limit.Backoff;

/**
 * Asks again, with back-off, while the registry cannot be reached, and tells the watch.
 *
 * <p><b>Threading.</b> Any thread may ask; the watch is called from the one that does.
 */
public final class RegistryPatience {
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

  /** Told when the registry goes and comes; quick and without blocking. */
  public interface Watch {
    /** It could not be reached; told for each attempt that failed. */
    void unreachable(String because);

    /** It answered after {@link #unreachable} was told, in this call or in another. */
    void reachable();
  }

  /** Tells no one. */
  public static final Watch UNWATCHED =
      new Watch() {
        @Override
        public void unreachable(String because) {}

        @Override
        public void reachable() {}
      };

  private final AtomicBoolean away = new AtomicBoolean();
  private final Duration atMost;
  private final Watch watch;

  /**
   * @param atMost how long one call may go on asking; well below max.poll.interval.ms where a
   *     stream thread waits. Zero asks once.
   * @param watch told about each attempt that failed
   */
  public RegistryPatience(Duration atMost, Watch watch) {
    this.atMost = atMost;
    this.watch = watch;
  }

  /**
   * @return what the first attempt that reached the registry gave
   * @throws RegistryUnavailableException it could not be reached in time, or the thread was
   *     interrupted, which stays set
   */
  <T> T ask(Supplier<T> attempt) {
    long end = System.nanoTime() + atMost.toNanos();
    int failures = 0;
    while (true) {
      try {
        T answer = attempt.get();
        // The call that gave up before may be gone: another, on another thread, clears it.
        if (away.compareAndSet(true, false)) {
          watch.reachable();
        }
        return answer;
      } catch (RegistryUnavailableException unavailable) {
        away.set(true);
        watch.unreachable(String.valueOf(unavailable.getMessage()));
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw unavailable;
        }
        try {
          TimeUnit.NANOSECONDS.sleep(Math.min(left, PAUSES.after(++failures).toNanos()));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw unavailable;
        }
      }
    }
  }
}
