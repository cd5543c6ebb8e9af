package org.osteon.topology.classify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.topology.model.ActiveModels;

/**
 * When waiting for the pipeline ends, and that it has: after a time in which nothing was done for
 * any image, however long all of it takes. Who gave up once commits nothing more in this
 * assignment, or what was pending would be lost.
 *
 * <p><b>Threading.</b> One stream thread.
 */
final class GivingUp {
  private final Duration limit;
  private final ActiveModels models;
  private @Nullable RuntimeException reason;

  /**
   * @param limit how long a pipeline is borne in which nothing moves
   */
  GivingUp(Duration limit, ActiveModels models) {
    this.limit = limit;
    this.models = models;
  }

  /** Waiting that begins now. */
  Wait begin() {
    return new Wait();
  }

  /** One wait, and when something last moved in it. */
  final class Wait {
    private long movedNanos = System.nanoTime();
    private long steps = models.current().pipeline().steps();

    /** Time left until the wait is over; none or less once it is. */
    long leftNanos() {
      BatchPipeline pipeline = models.current().pipeline();
      long soFar = pipeline.steps();
      // What is rejected beside a device that hangs is no step forward for what waits for it.
      if (soFar != steps && pipeline.trouble().isEmpty()) {
        steps = soFar;
        movedNanos = System.nanoTime();
      }
      return pipeline.isDeviceLost() ? 0 : movedNanos + limit.toNanos() - System.nanoTime();
    }
  }

  /** Notes it, and says why. */
  DeviceLostException because(String what) {
    DeviceLostException lost =
        new DeviceLostException(
            "%s, and nothing moved for %d ms; nothing was committed. %s"
                .formatted(
                    what, limit.toMillis(), models.current().pipeline().trouble().orElse("")));
    reason = lost;
    return lost;
  }

  /**
   * Notes that forwarding ended with an exception: what it was about is neither pending nor
   * forwarded, and a drain would wait for it in vain.
   */
  RuntimeException brokenBy(RuntimeException e) {
    reason = e;
    return e;
  }

  /** Whether the process will end of what it has in hand. */
  boolean endsTheProcess() {
    return reason instanceof DeviceLostException || models.current().pipeline().isDeviceLost();
  }

  /**
   * To be called before anything is waited for.
   *
   * @throws RuntimeException what this assignment was given up for
   */
  void check() {
    if (reason != null) {
      throw reason;
    }
  }
}
