package org.osteon.performance.join;

import org.osteon.event.EventReading;

/**
 * Told what becomes of each record. Under exactly-once a record may come again after a thread's
 * death, and is told of again.
 *
 * <p><b>Threading.</b> Called by stream threads; quick and without blocking.
 */
public interface JoinListener {
  /** Which topic a record is of. */
  enum Kind {
    /** {@code topics.results} */
    RESULT,
    /** {@code topics.truths} */
    TRUTH
  }

  /** What became of it. */
  enum Outcome {
    /** It said something new. */
    TAKEN,
    /** It had come before, or something later is known. */
    KNOWN,
    /** It names an order of which no study was answered yet. */
    WAITING,
    /** It is older than the horizon. */
    TOO_OLD,
    /** It is none; it stays in its topic. */
    UNREADABLE
  }

  /** Of each record. */
  void ended(Kind kind, Outcome outcome);

  /**
   * Of each that is none.
   *
   * @param place topic, partition and offset
   * @param because why
   */
  void unreadable(String place, EventReading.Unreadable because);
}
