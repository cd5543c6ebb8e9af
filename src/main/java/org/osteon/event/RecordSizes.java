package org.osteon.event;

/**
 * How large records may become, in bytes, from how large an image may be.
 *
 * @param event the largest event: an image, its envelope, and Kafka's own framing
 * @param deadLetter the largest dead letter: an event with what became of it
 */
public record RecordSizes(int event, int deadLetter) {
  private static final int ENVELOPE = 64 << 10;

  /** Kafka's default, which a topic of small images keeps. */
  private static final int LEAST = 1_048_588;

  /**
   * @param imageMaxBytes {@code image.max.bytes}
   */
  public static RecordSizes forImagesOf(long imageMaxBytes) {
    int event = Math.max(LEAST, Math.toIntExact(imageMaxBytes + ENVELOPE));
    return new RecordSizes(event, event + ENVELOPE);
  }
}
