package org.osteon.service.rollout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ModelDeployment;
import org.osteon.limit.Backoff;

/**
 * When a deployment that was refused is tried again: a bucket may have been away, or its files on
 * their way. Ever more seldom, and for as long as it is the one that is wanted.
 *
 * <p><b>Threading.</b> One thread.
 */
final class Retry {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

  private @Nullable ModelDeployment refused;
  private int times;
  private long dueNanos;

  /** Whether it is another than what was refused last, or time to try that again. */
  boolean isDue(ModelDeployment deployment) {
    return !deployment.equals(refused) || System.nanoTime() - dueNanos >= 0;
  }

  /** It was refused now. */
  void refused(ModelDeployment deployment) {
    times = deployment.equals(refused) ? times + 1 : 1;
    refused = deployment;
    dueNanos = System.nanoTime() + BACKOFF.after(times).toNanos();
  }
}
