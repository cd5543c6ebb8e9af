package org.osteon.topology;

import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;

/**
 * Told of every step of every record: for metrics, and for tests that stop the world at a named
 * one. {@code received = results + dead letters + pending}, within one process since it started.
 *
 * <p><b>Threading.</b> Called by stream threads, so by several at once.
 */
public interface TopologyListener {
  /** Listens to nothing. */
  TopologyListener NONE = new TopologyListener() {};

  default void received() {}

  default void forwarded(ClassificationResult result) {}

  default void forwarded(DeadLetter letter) {}

  /**
   * Everything was forwarded and the commit comes next.
   *
   * @param images how many were waited for
   * @param nanos how long
   */
  default void drained(int images, long nanos) {}

  /** Tells one and then the other. */
  static TopologyListener both(TopologyListener first, TopologyListener second) {
    return new TopologyListener() {
      @Override
      public void received() {
        first.received();
        second.received();
      }

      @Override
      public void forwarded(ClassificationResult result) {
        first.forwarded(result);
        second.forwarded(result);
      }

      @Override
      public void forwarded(DeadLetter letter) {
        first.forwarded(letter);
        second.forwarded(letter);
      }

      @Override
      public void drained(int images, long nanos) {
        first.drained(images, nanos);
        second.drained(images, nanos);
      }
    };
  }
}
