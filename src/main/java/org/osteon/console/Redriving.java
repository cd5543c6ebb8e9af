package org.osteon.console;

import org.osteon.client.Redrive;
import org.osteon.client.RedriveFilter;
import org.osteon.config.Settings;
import org.osteon.event.DeadLetter;

/**
 * Dead letters of one reason, published again as {@code osteon redrive --reason} does.
 *
 * <p><b>Threading.</b> One at a time; others wait.
 */
final class Redriving {
  private static final int ROUNDS = 3;

  private final Settings settings;

  Redriving(Settings settings) {
    this.settings = settings;
  }

  synchronized Redrive.Outcome run(String reason) throws InterruptedException {
    RedriveFilter filter = new RedriveFilter(reason, null, null, null);
    return new Redrive(settings, filter, ROUNDS, false, 0)
        .run(
            false,
            new Redrive.Watch() {
              @Override
              public void taken(DeadLetter letter) {}

              @Override
              public void progress(long done, long total) {}
            });
  }
}
