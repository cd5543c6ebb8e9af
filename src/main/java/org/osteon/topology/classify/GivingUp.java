package org.osteon.topology.classify;

import java.time.Duration;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.topology.model.ActiveModels;

/**
 * When waiting for the pipeline ends, and that it has: who gave up once commits nothing more in
 * this assignment, or what was pending would be lost.
 *
 * <p><b>Threading.</b> One stream thread.
 */
final class GivingUp {
  private final Duration limit;
  private final ActiveModels models;
  private boolean happened;

  /**
   * @param limit how long a drain or a full pipeline is borne
   */
  GivingUp(Duration limit, ActiveModels models) {
    this.limit = limit;
    this.models = models;
  }

  /** {@link System#nanoTime()} at which waiting that begins now ends. */
  long deadline() {
    return System.nanoTime() + limit.toNanos();
  }

  /** Notes it, and says why. */
  DeviceLostException because(String what) {
    happened = true;
    return new DeviceLostException(
        "%s after %d ms; nothing was committed. %s"
            .formatted(what, limit.toMillis(), models.current().pipeline().trouble().orElse("")));
  }

  /** Notes that waiting ended for a reason that someone else says. */
  void note() {
    happened = true;
  }

  boolean happened() {
    return happened;
  }
}
