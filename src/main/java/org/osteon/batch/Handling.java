package org.osteon.batch;

/**
 * How an image is to be handled.
 *
 * @param urgency whether it is waited for
 * @param weight bytes that it counts for, with whatever the submitter keeps beside it
 * @param suspect whether it may be what ended a replica: it is tried alone first, by a {@link
 *     org.osteon.batch.device.SuspectTrial}
 */
public record Handling(Urgency urgency, long weight, boolean suspect) {
  /** Of an image that is not suspected. */
  public Handling(Urgency urgency, long weight) {
    this(urgency, weight, false);
  }
}
