package org.osteon.topology.owner;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which records of an assigned partition may have killed those who had it before. Two owners that
 * died with the same records in hand make these suspects: one of them may be an image that ends a
 * process or hangs a device. One death makes none, for processes die of many things.
 *
 * <p><b>Threading.</b> One stream thread.
 */
public final class Suspects {
  private static final Logger LOG = LoggerFactory.getLogger(Suspects.class);
  private static final int DEATHS = 2;

  private final OwnerLog log;
  private final int partition;
  private final Runnable expectSuspects;
  private Map<Long, String> skipped = Map.of();
  private @Nullable Ownership now;
  private long last = Ownership.NOTHING;

  /**
   * @param expectSuspects called where there are some
   */
  public Suspects(OwnerLog log, int partition, Runnable expectSuspects) {
    this.log = log;
    this.partition = partition;
    this.expectSuspects = expectSuspects;
  }

  /** A record comes into this owner's hands; to be called before anything is done with it. */
  public void take(long offset) {
    last = offset;
    Ownership own = now;
    if (own == null) {
      OwnerLog.Handover handover = log.takeOver(partition, offset);
      now = handover.ownership();
      skipped = handover.skipped();
      begin(handover.ownership(), offset);
    } else if (offset > own.reserved() - Ownership.AT_ONCE / 2) {
      // Half of it early, so that it is kept before it is needed.
      say(own.reserving(offset + Ownership.AT_ONCE));
    }
  }

  private void begin(Ownership own, long offset) {
    if (own.deaths() >= DEATHS) {
      LOG.warn(
          "{} replicas died one after another with offsets {} to {} of partition {} in hand:"
              + " these images are tried alone",
          own.deaths(),
          offset,
          own.suspectEnd(),
          partition);
      expectSuspects.run();
    }
  }

  /** Whether this record was in the hands of those that died. */
  public boolean isSuspect(long offset) {
    Ownership own = now;
    return own != null && own.deaths() >= DEATHS && offset <= own.suspectEnd();
  }

  /** Why an operator wants this record skipped, or null. */
  public @Nullable String skipped(long offset) {
    return skipped.get(offset);
  }

  /** All that was taken has been answered. */
  public void drained() {
    Ownership own = now;
    if (own != null && own.deaths() > 0 && last >= own.suspectEnd()) {
      say(own.acquitted());
    }
  }

  /**
   * The partition goes to another owner, or the process ends as it should. Not to be called where
   * it ends because of what it has in hand.
   */
  public void release() {
    Ownership own = now;
    if (own != null) {
      log.release(partition, own.letGo());
    }
  }

  private void say(Ownership own) {
    now = own;
    log.write(partition, own);
  }
}
