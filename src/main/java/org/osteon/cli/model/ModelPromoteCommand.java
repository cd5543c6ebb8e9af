package org.osteon.cli.model;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.event.topics.DeploymentTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code osteon model promote}. */
@Command(
    name = "promote",
    description =
        "Makes the canary or the shadow the active version; `rollback` brings back what it replaced.",
    mixinStandardHelpOptions = true)
final class ModelPromoteCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Mixin private Beside which;
  @Spec private CommandSpec spec;

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "Who promotes it: a role or a pipeline (default: this user).")
  private String by;

  @Override
  public Integer call() {
    try (DeploymentTopic topic = ModelDeployCommand.topic(options.settings())) {
      ModelDeployment beside = which.of(topic.readToEnd());
      if (beside.getMode() == DeploymentMode.CANARY) {
        topic.canaries().promote(beside, "Promoted by hand.", by, null);
      } else {
        topic.publish(
            ModelDeployment.newBuilder(beside)
                .setMode(DeploymentMode.ACTIVE)
                .setDeployedAt(Instant.now(Clock.systemUTC()))
                .setDeployedBy(by)
                .build());
      }
      spec.commandLine()
          .getOut()
          .printf(
              "%s/%s is promoted from %s to active%n",
              beside.getName(), beside.getVersion(), Beside.role(beside));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
