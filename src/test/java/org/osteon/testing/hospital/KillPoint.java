package org.osteon.testing.hospital;

/** Where a replica may be told to kill itself with SIGKILL. */
public enum KillPoint {
  /** An image is with the pipeline and nothing more has happened to it. */
  AFTER_SUBMIT,
  /** An image is decoded and not yet in a batch. */
  AFTER_DECODE,
  /** The model answered a batch and no outcome of it was handed out. */
  INSIDE_A_BATCH,
  /** Everything pending was forwarded and the offsets are not committed. */
  AFTER_THE_DRAIN,
  /**
   * The next call to the broker commits. Not to be had at least once under the streams protocol,
   * where Kafka Streams makes its consumer by itself; there {@link #AFTER_THE_DRAIN} is as near as
   * one gets.
   */
  BEFORE_THE_COMMIT,
  /** The broker has committed. Not to be had at least once under the streams protocol either. */
  AFTER_THE_COMMIT,
  /** The same while images of the thread that commits are on their way: no barrier drained them. */
  AFTER_A_COMMIT_TOO_SOON,
  /** Another model version was switched to, and images of the old one's lane are on their way. */
  AFTER_THE_SWITCH
}
