package org.osteon.console;

import java.util.regex.Pattern;
import org.osteon.client.Redrive;
import org.osteon.client.RedriveFilter;
import org.osteon.config.Settings;
import org.osteon.console.act.Action;
import org.osteon.console.act.Form;
import org.osteon.event.DeadLetter;

/**
 * Dead letters of one reason, published again as {@code osteon redrive --reason} does.
 *
 * <p><b>Threading.</b> One at a time; others wait.
 */
final class Redriving implements Action {
  private static final Pattern REASON = Pattern.compile("[A-Z0-9_]{1,60}");
  private static final int ROUNDS = 3;

  private final Settings settings;

  Redriving(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Planned plan(Form form) throws RefusedException {
    String reason = form.get("reason");
    if (!REASON.matcher(reason).matches()) {
      throw new RefusedException("Give the reason's code.");
    }
    return new Planned("REDRIVE", reason, () -> run(reason));
  }

  private synchronized String run(String reason) throws InterruptedException {
    RedriveFilter filter = new RedriveFilter(reason, null, null, null);
    Redrive.Outcome outcome =
        new Redrive(settings, filter, ROUNDS, false, 0)
            .run(
                false,
                new Redrive.Watch() {
                  @Override
                  public void taken(DeadLetter letter) {}

                  @Override
                  public void progress(long done, long total) {}
                });
    return "%d dead letters published again, %d left."
        .formatted(outcome.published(), outcome.guarded() + outcome.elsewhere());
  }
}
