package org.osteon.topology.classify;

import java.time.Duration;

/**
 * When the processor asks for a commit before Kafka Streams' interval is over. Under exactly-once a
 * result is invisible until its commit, and a commit is a drain: cheap when nothing is pending, a
 * wait for the device otherwise.
 *
 * @param early whether it asks at all; under at-least-once no result waits for a commit
 * @param idleGap time between two commits while nothing is pending, so that a trickle of images is
 *     not a commit each
 * @param liveGap time between two commits while images are pending and all of them have come
 *     lately: someone waits for them. No one waits for a backlog, and drains would only cost
 * @param live age up to which an image counts as live
 */
public record CommitPace(boolean early, Duration idleGap, Duration liveGap, Duration live) {

  /**
   * @param stat whether a STAT result waits to be seen
   * @param uncommitted records that ended since the last commit
   * @param pending records that have not ended
   * @param oldestAge of the oldest pending record, milliseconds
   * @param sinceCommit nanoseconds
   */
  boolean due(boolean stat, int uncommitted, int pending, long oldestAge, long sinceCommit) {
    if (!early || uncommitted == 0) {
      return false;
    }
    if (stat) {
      return true;
    }
    if (pending == 0) {
      return sinceCommit > idleGap.toNanos();
    }
    return oldestAge <= live.toMillis() && sinceCommit > liveGap.toNanos();
  }
}
