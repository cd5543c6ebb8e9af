package org.osteon.service.rollout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ModelDeployment;

/**
 * When a deployment that was refused is tried again: a bucket may have been away, or its files on
 * their way. Ever more seldom, and for as long as it is the one that is wanted.
 *
 * <p><b>Threading.</b> One thread.
 */
final class Retry {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private @Nullable ModelDeployment refused;
  private Duration wait = FIRST;
  private long dueNanos;

  /** Whether it is another than what was refused last, or time to try that again. */
  boolean isDue(ModelDeployment deployment) {
    return !deployment.equals(refused) || System.nanoTime() - dueNanos >= 0;
  }

  /** It was refused now. */
  void refused(ModelDeployment deployment) {
    Duration twice = wait.multipliedBy(2);
    wait = deployment.equals(refused) ? (twice.compareTo(LONGEST) < 0 ? twice : LONGEST) : FIRST;
    refused = deployment;
    dueNanos = System.nanoTime() + wait.toNanos();
  }
}
