package org.osteon.topology.classify;

import java.time.Clock;
import org.osteon.event.Priority;
import org.osteon.topology.record.Pending;

/**
 * When the processor asks for a commit before Kafka Streams' interval is over: what was forwarded
 * since the last drain, held against the {@link CommitPace}.
 *
 * <p><b>Threading.</b> One stream thread.
 */
final class CommitControl {
  private final CommitPace pace;
  private final Clock clock;
  private boolean statForwarded;
  private int uncommitted;
  private long lastCommitNanos = System.nanoTime();

  CommitControl(CommitPace pace, Clock clock) {
    this.pace = pace;
    this.clock = clock;
  }

  /** A record has ended, and waits for a commit to be seen. */
  void forwarded(Pending item) {
    uncommitted++;
    statForwarded |= item.event != null && item.event.priority() == Priority.STAT;
  }

  /**
   * Whether a commit is due; asked for once, the drain comes when Kafka Streams gets to it.
   *
   * @param state what is still pending
   */
  boolean isDue(PartitionState state) {
    long age = clock.millis() - state.oldestMillis();
    long sinceCommit = System.nanoTime() - lastCommitNanos;
    boolean due = pace.due(statForwarded, uncommitted, state.size(), age, sinceCommit);
    statForwarded &= !due;
    return due;
  }

  /** Everything was forwarded, and the commit comes next. */
  void drained() {
    uncommitted = 0;
    statForwarded = false;
    lastCommitNanos = System.nanoTime();
  }
}
