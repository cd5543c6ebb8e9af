package org.osteon.fetch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osteon.fetch.FetchSettings.Watch;

/**
 * Tells a store that is away from an object that cannot be had.
 *
 * <p>A store that answers no request is waited for, with nothing committed, as long as patience
 * lasts: an outage must not become a thousand dead letters. One that answers others meanwhile is
 * there, and one that was waited for long enough must not hold up the images of all the others
 * forever.
 *
 * <p><b>Threading.</b> Any. Its keys are stores that the configuration names, so they stay few.
 */
final class StorePatience {
  private final Map<String, Long> awaySince = new ConcurrentHashMap<>();
  private final Map<String, Long> answeredAt = new ConcurrentHashMap<>();
  private final long nanos;
  private final Watch watch;

  StorePatience(Duration patience, Watch watch) {
    this.nanos = patience.toNanos();
    this.watch = watch;
  }

  /** The store answered, whatever it said. */
  void answered(String store) {
    answeredAt.put(store, System.nanoTime());
    if (awaySince.remove(store) != null) {
      watch.settled(store);
    }
  }

  /** Whether it is no longer waited for: asked once for each image, until it answers. */
  boolean exhausted(String store) {
    Long since = awaySince.get(store);
    return since != null && System.nanoTime() - since > nanos;
  }

  /**
   * The store did not answer.
   *
   * @param beganNanos since when it was asked
   * @return whether to wait for it; otherwise the image is to be given up
   */
  boolean waits(String store, long beganNanos, String because) {
    Long answered = answeredAt.get(store);
    if (answered != null && answered - beganNanos > 0) {
      return false;
    }
    awaySince.putIfAbsent(store, beganNanos);
    if (exhausted(store)) {
      watch.settled(store);
      return false;
    }
    watch.away(store, because);
    return true;
  }
}
