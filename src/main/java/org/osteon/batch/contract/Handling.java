package org.osteon.batch.contract;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an image is to be handled.
 *
 * @param urgency whether it is waited for
 * @param weight bytes that it counts for, with whatever the submitter keeps beside it
 * @param suspect whether it may be what ended a replica: it is tried alone first, by a {@link
 *     org.osteon.batch.device.SuspectTrial}
 * @param onlooker gets the whole file when it could be decoded and before the outcome is known, on
 *     a decode thread: it must be quick and not change the file; null where none looks on
 */
public record Handling(
    Urgency urgency, long weight, boolean suspect, @Nullable Consumer<byte[]> onlooker) {
  private static final Logger LOG = LoggerFactory.getLogger(Handling.class);

  /** Of an image that is not suspected. */
  public Handling(Urgency urgency, long weight) {
    this(urgency, weight, false, null);
  }

  /** Shows the file to the onlooker, who changes nothing, not even by failing. */
  public void handOver(byte[] file) {
    if (onlooker == null) {
      return;
    }
    try {
      onlooker.accept(file);
    } catch (RuntimeException e) {
      LOG.warn("Someone who looks on failed", e);
    }
  }
}
