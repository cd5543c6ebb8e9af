package org.osteon.deliver.destination;

import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.identity.Original;

/**
 * What is brought back: a result, and whose it is.
 *
 * @param result as it was published
 * @param original whose image it is about; where nothing was replaced, the result's own UIDs
 * @param timestamp of the result's record, which is its event's, milliseconds since the epoch
 */
public record Delivery(ClassificationResult result, Original original, long timestamp) {
  /** What every target shows beside a result. */
  public static final String DISCLAIMER =
      "Preliminary, by a program, for research use only; not for clinical decisions.";

  /** Whether somebody must look at it now, so that it waits for nothing. */
  public boolean isUrgent() {
    Finding finding = result.getFinding();
    return finding == Finding.DEFINITE || finding == Finding.CRITICAL;
  }

  /** Without a word of whose it is. */
  @Override
  public String toString() {
    return "Delivery[" + result.getResultId() + "]";
  }
}
