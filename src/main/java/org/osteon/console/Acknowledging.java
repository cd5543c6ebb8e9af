package org.osteon.console;

import org.osteon.console.act.Action;
import org.osteon.console.act.Form;

/**
 * Someone has seen an alert and takes care of it. The audit's record is all there is of it: every
 * console reads it there.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class Acknowledging implements Action {
  static final String ACTION = "ACKNOWLEDGE";

  private final Live live;

  Acknowledging(Live live) {
    this.live = live;
  }

  @Override
  public Planned plan(Form form) throws RefusedException {
    String alert = form.get("alert");
    if (!live.isOpen(alert)) {
      throw new RefusedException("There is no such alert any more: it was acknowledged.");
    }
    return new Planned(ACTION, alert, () -> "Acknowledged.");
  }
}
