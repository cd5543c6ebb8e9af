package org.osteon.cli.model;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.client.OperationFailedException;
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
        "Makes the shadow version the active one; `rollback` brings back what it replaced.",
    mixinStandardHelpOptions = true)
final class ModelPromoteCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "Who promotes it: a role or a pipeline (default: this user).")
  private String by;

  @Override
  public Integer call() {
    try (DeploymentTopic topic = ModelDeployCommand.topic(options.settings())) {
      ModelDeployment shadow =
          topic
              .readToEnd()
              .shadow()
              .orElseThrow(
                  () ->
                      new OperationFailedException(
                          "No version runs as the shadow: deploy one with `osteon model deploy --shadow DIR`."));
      topic.publish(
          ModelDeployment.newBuilder(shadow)
              .setMode(DeploymentMode.ACTIVE)
              .setDeployedAt(Instant.now(Clock.systemUTC()))
              .setDeployedBy(by)
              .build());
      spec.commandLine()
          .getOut()
          .printf(
              "%s/%s is promoted from shadow to active%n", shadow.getName(), shadow.getVersion());
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
