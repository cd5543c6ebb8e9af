package org.osteon.console;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osteon.client.OperationFailedException;
import org.osteon.config.Settings;
import org.osteon.console.act.Action;
import org.osteon.console.act.Form;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.topics.DeploymentTopic;

/**
 * Makes the canary or the shadow the active version, takes it away, or brings back the version
 * before, as {@code osteon model promote}, {@code withdraw} and {@code rollback} do. The page says
 * which version it means, so that one that was deployed meanwhile is left alone.
 *
 * <p><b>Threading.</b> One at a time; others wait.
 */
final class Rollout implements Action {
  private static final Pattern VERSION = Pattern.compile("[\\w.-]{1,100}/[\\w.-]{1,100}");

  private static final String BY_HAND = "Decided by hand, in the console.";

  private final Settings settings;
  private final EventSerdes serdes;

  Rollout(Settings settings, EventSerdes serdes) {
    this.settings = settings;
    this.serdes = serdes;
  }

  @Override
  public Planned plan(Form form) throws RefusedException {
    String[] asked = form.get("rollout").split(" ", 2);
    String version = asked.length > 1 ? asked[1] : "";
    String action = asked[0].toUpperCase(Locale.ROOT);
    if (!VERSION.matcher(version).matches()
        || !(action.equals("PROMOTE") || action.equals("WITHDRAW") || action.equals("ROLLBACK"))) {
      throw new RefusedException("Use one of the buttons beside the versions.");
    }
    String who = form.get("who");
    return new Planned(action, version, () -> run(action, version, who));
  }

  private synchronized String run(String action, String version, String who) {
    try (DeploymentTopic topic = new DeploymentTopic(settings, serdes)) {
      topic.readToEnd();
      if (action.equals("ROLLBACK")) {
        activate(topic, named(topic.previous(), version), who);
        return version + " is to answer again.";
      }
      Optional<ModelDeployment> canary =
          topic.canaries().current().filter(each -> Versions.label(each).equals(version));
      if (action.equals("PROMOTE")) {
        if (canary.isPresent()) {
          topic.canaries().promote(canary.get(), BY_HAND, who, topic.active().orElse(null));
        } else {
          activate(topic, named(topic.shadow(), version), who);
        }
        return version + " is to answer from now on.";
      }
      if (canary.isPresent()) {
        topic.canaries().withdraw(canary.get(), BY_HAND, who);
      } else {
        named(topic.shadow(), version);
        topic.withdrawShadow();
      }
      return version + " is withdrawn.";
    }
  }

  private static ModelDeployment named(Optional<ModelDeployment> found, String version) {
    return found
        .filter(each -> Versions.label(each).equals(version))
        .orElseThrow(
            () ->
                new OperationFailedException(
                    version + " is not in that place any more: reload the page."));
  }

  private static void activate(DeploymentTopic topic, ModelDeployment version, String who) {
    topic.publish(
        ModelDeployment.newBuilder(version)
            .setMode(DeploymentMode.ACTIVE)
            .setDeployedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .setDeployedBy(who)
            .build());
  }
}
