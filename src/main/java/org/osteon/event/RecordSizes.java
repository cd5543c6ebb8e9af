package org.osteon.event;

/**
 * How large records may become, derived from {@code image.max.bytes}: topics, producers and
 * consumers must agree on it.
 */
public final class RecordSizes {
  /**
   * What an event holds beside its image, at most, and what a dead letter holds beside its event.
   */
  private static final int ENVELOPE = 256 * 1024;

  private RecordSizes() {}

  /** The largest event, in bytes. */
  public static int event(long imageMaxBytes) {
    return Math.toIntExact(imageMaxBytes + ENVELOPE);
  }

  /** The largest dead letter, in bytes. */
  public static int deadLetter(long imageMaxBytes) {
    return Math.toIntExact(imageMaxBytes + 2L * ENVELOPE);
  }
}
