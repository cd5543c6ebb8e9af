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

/** {@code osteon model rollback}. */
@Command(
    name = "rollback",
    description = "Deploys the version again that the last deployment replaced.",
    mixinStandardHelpOptions = true)
final class ModelRollbackCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (DeploymentTopic topic = ModelDeployCommand.topic(options.settings())) {
      ModelDeployment previous =
          topic
              .readToEnd()
              .previous()
              .orElseThrow(
                  () ->
                      new OperationFailedException(
                          "No version was deployed before: deploy the one you want with `osteon model deploy DIR`."));
      topic.publish(previous);
      spec.commandLine()
          .getOut()
          .printf("%s/%s is deployed again%n", previous.getName(), previous.getVersion());
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
