package org.osteon.topology.classify;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.Outcome;
import org.osteon.topology.record.Pending;
import org.osteon.topology.record.Pending.Ending;
import org.osteon.topology.record.PendingByStudy;

/**
 * What one assignment of one partition holds: the records that have not ended, in the order of
 * their study, and the queue on which their ends are announced. A task that is revived begins with
 * a new one: outcomes of the old one's images go to a queue that nothing reads.
 *
 * <p><b>Threading.</b> One stream thread, but for {@link #end}, which any thread may call.
 */
final class PartitionState {
  private final PendingByStudy pending = new PendingByStudy();
  private final LinkedBlockingQueue<Pending> ended = new LinkedBlockingQueue<>();

  /** A record was taken. */
  void add(Pending item) {
    pending.add(item);
  }

  /** Announces how a record ended; it is forwarded when its turn comes. */
  void end(Pending item, Ending ending) {
    item.ending = ending;
    boolean classified =
        ending instanceof Ending.Piped piped && piped.outcome() instanceof Outcome.Classified;
    if (classified || ending instanceof Ending.Again) {
      // No dead letter can come of it any more, so its bytes can go.
      item.value = null;
    }
    ended.add(item);
  }

  /** One that ended and was not looked at, or null where there is none. */
  @Nullable Pending poll() {
    return ended.poll();
  }

  /** The same, waiting for one so long at most. */
  @Nullable Pending poll(long nanos) throws InterruptedException {
    return ended.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** Marks a record as done and hands out, in order, what its study can now let go. */
  void done(Pending item, Consumer<Pending> forward) {
    pending.done(item, forward);
  }

  /** Timestamp of the record that came first of those still there; 0 where there is none. */
  long oldestMillis() {
    return pending.oldestMillis();
  }

  /** Records that were taken and not forwarded. */
  int size() {
    return pending.size();
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }
}
