package org.osteon.dataset;

import java.util.function.LongConsumer;

/** Who is told how far a long step is. */
@FunctionalInterface
public interface Watcher {
  /** Tells no one. */
  Watcher NONE = (what, total) -> done -> {};

  /**
   * A step begins.
   *
   * @param what is counted, {@code images decoded}
   * @param total how many there will be
   * @return told how many are done, from one thread
   */
  LongConsumer begin(String what, long total);
}
