package org.osteon.cli.model;

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

/** {@code osteon model withdraw}. */
@Command(
    name = "withdraw",
    description = "Takes the canary or the shadow away; the active one goes on.",
    mixinStandardHelpOptions = true)
final class ModelWithdrawCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Mixin private Beside which;
  @Spec private CommandSpec spec;

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "Who withdraws it: a role or a pipeline (default: this user).")
  private String by;

  @Override
  public Integer call() {
    try (DeploymentTopic topic = ModelDeployCommand.topic(options.settings())) {
      ModelDeployment beside = which.of(topic.readToEnd());
      if (beside.getMode() == DeploymentMode.CANARY) {
        topic.canaries().withdraw(beside, "Withdrawn by hand.", by);
      } else {
        topic.withdrawShadow();
      }
      spec.commandLine()
          .getOut()
          .printf(
              "%s/%s is the %s no longer%n",
              beside.getName(), beside.getVersion(), Beside.role(beside));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
