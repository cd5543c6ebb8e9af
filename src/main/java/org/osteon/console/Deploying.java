package org.osteon.console;

import java.util.Map;
import org.osteon.client.OperationFailedException;
import org.osteon.config.Settings;
import org.osteon.console.act.Action;
import org.osteon.console.act.Form;
import org.osteon.console.shelf.VersionShelf;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.topics.DeploymentTopic;

/**
 * Deploys a version of the shelf, as {@code osteon model deploy} does.
 *
 * <p><b>Threading.</b> One at a time; others wait.
 */
final class Deploying implements Action {
  private static final Map<String, DeploymentMode> MODES =
      Map.of(
          "active", DeploymentMode.ACTIVE,
          "shadow", DeploymentMode.SHADOW,
          "canary", DeploymentMode.CANARY);

  private final Settings settings;
  private final EventSerdes serdes;
  private final VersionShelf shelf;

  Deploying(Settings settings, EventSerdes serdes, VersionShelf shelf) {
    this.settings = settings;
    this.serdes = serdes;
    this.shelf = shelf;
  }

  @Override
  public Planned plan(Form form) throws RefusedException {
    String[] asked = form.get("deploy").split(" ", 2);
    DeploymentMode mode = MODES.get(asked[0]);
    String version = asked.length > 1 ? asked[1] : "";
    if (mode == null || !shelf.labels().contains(version)) {
      throw new RefusedException("Use one of the buttons beside the versions.");
    }
    String who = form.get("who");
    String action = mode == DeploymentMode.ACTIVE ? "DEPLOY" : "DEPLOY_" + mode;
    return new Planned(action, version, () -> run(mode, version, who));
  }

  private synchronized String run(DeploymentMode mode, String version, String who) {
    ModelDeployment deployment = shelf.deployment(version, mode, who);
    try (DeploymentTopic topic = new DeploymentTopic(settings, serdes)) {
      if (mode == DeploymentMode.CANARY && topic.readToEnd().isActive(deployment)) {
        throw new OperationFailedException(
            version + " is the active version: a canary must be another.");
      }
      topic.publish(deployment);
    }
    return switch (mode) {
      case SHADOW -> version + " is to run as the shadow.";
      case CANARY ->
          "%s is to answer %.0f %% of the studies.".formatted(version, deployment.getShare() * 100);
      default -> version + " is to answer from now on.";
    };
  }
}
