package org.osteon.config.keys;

/** How a batch waits, for the configuration's words and for the batches themselves. */
public final class BatchDelays {
  /** So many times {@code batch.max.delay.ms} a batch may fill while images wait to be decoded. */
  public static final int BEHIND_A_BACKLOG = 16;

  private BatchDelays() {}
}
