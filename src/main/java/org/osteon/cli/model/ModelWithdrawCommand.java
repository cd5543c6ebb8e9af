package org.osteon.cli.model;

import java.util.concurrent.Callable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.client.OperationFailedException;
import org.osteon.event.ModelDeployment;
import org.osteon.event.topics.DeploymentTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code osteon model withdraw}. */
@Command(
    name = "withdraw",
    description = "Takes the shadow version away; the active one goes on.",
    mixinStandardHelpOptions = true)
final class ModelWithdrawCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (DeploymentTopic topic = ModelDeployCommand.topic(options.settings())) {
      ModelDeployment shadow =
          topic
              .readToEnd()
              .shadow()
              .orElseThrow(() -> new OperationFailedException("No version runs as the shadow."));
      topic.withdrawShadow();
      spec.commandLine()
          .getOut()
          .printf("%s/%s is the shadow no longer%n", shadow.getName(), shadow.getVersion());
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
