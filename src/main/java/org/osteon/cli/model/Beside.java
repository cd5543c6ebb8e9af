package org.osteon.cli.model;

import org.osteon.client.OperationFailedException;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.event.topics.DeploymentTopic;
import picocli.CommandLine.Option;

/** Which of the versions beside the active one a command is about: mostly there is one. */
final class Beside {
  @Option(names = "--canary", description = "The canary, where a shadow is deployed too.")
  private boolean canary;

  @Option(names = "--shadow", description = "The shadow, where a canary is deployed too.")
  private boolean shadow;

  /**
   * @param topic read to its end
   * @throws OperationFailedException there is none, or both and neither was named
   */
  ModelDeployment of(DeploymentTopic topic) {
    ModelDeployment trial = topic.canaries().current().orElse(null);
    ModelDeployment looksOn = topic.shadow().orElse(null);
    if (!canary && !shadow && trial != null && looksOn != null) {
      throw new OperationFailedException(
          "A canary and a shadow are deployed: say which with --canary or --shadow.");
    }
    ModelDeployment meant = shadow || (trial == null && !canary) ? looksOn : trial;
    if (meant == null) {
      throw new OperationFailedException(
          canary
              ? "No version runs as the canary: deploy one with `osteon model deploy --canary DIR`."
              : "No version runs as the shadow: deploy one with `osteon model deploy --shadow DIR`.");
    }
    return meant;
  }

  /** What it is, in a sentence. */
  static String role(ModelDeployment one) {
    return one.getMode() == DeploymentMode.CANARY ? "canary" : "shadow";
  }
}
