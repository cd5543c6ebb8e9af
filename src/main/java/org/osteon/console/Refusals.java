package org.osteon.console;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.osteon.client.RedriveUndelivered;
import org.osteon.config.Settings;
import org.osteon.console.act.Action;
import org.osteon.console.act.Form;
import org.osteon.event.Undelivered;

/**
 * What targets of {@code osteon deliver} refused for good, by target and reason; and asks a target
 * once more, as {@code osteon redrive --undelivered} does.
 *
 * <p><b>Threading.</b> Any thread; a target is asked by one at a time.
 */
final class Refusals implements Action {
  private static final Pattern TARGET = Pattern.compile("[\\w.-]{1,100}");
  private static final int ROUNDS = 3;

  private final Map<Kind, Long> counts = new TreeMap<>();
  private final Settings settings;

  Refusals(Settings settings) {
    this.settings = settings;
  }

  private record Kind(String target, String reason) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int order = target.compareTo(other.target);
      return order == 0 ? reason.compareTo(other.reason) : order;
    }
  }

  /** How many results one target refused for one reason. */
  record Refused(String target, String reason, long count) {}

  /** Takes a record that is not there because someone asked again. */
  synchronized void add(Undelivered refused) {
    counts.merge(new Kind(refused.getTarget(), refused.getReason()), 1L, Long::sum);
  }

  /** By target. */
  synchronized List<Refused> all() {
    return counts.entrySet().stream()
        .map(each -> new Refused(each.getKey().target, each.getKey().reason, each.getValue()))
        .toList();
  }

  @Override
  public Planned plan(Form form) throws RefusedException {
    String target = form.get("target");
    if (!TARGET.matcher(target).matches()) {
      throw new RefusedException("Use one of the buttons beside the targets.");
    }
    return new Planned("REDRIVE_UNDELIVERED", target, () -> run(target));
  }

  /** The lock is not the counts': asking takes a while, and the page is read meanwhile. */
  private String run(String target) {
    synchronized (settings) {
      RedriveUndelivered.Outcome outcome =
          new RedriveUndelivered(settings, target, ROUNDS).run(false);
      return "%s is asked for %d once more, %d had their rounds."
          .formatted(target, outcome.published(), outcome.guarded());
    }
  }
}
