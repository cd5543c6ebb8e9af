package org.osteon.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.client.OperationFailedException;
import org.osteon.config.Settings;
import org.osteon.model.ModelVersion;
import org.osteon.service.rollout.ModelSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon model push}. */
@Command(
    name = "push",
    description =
        "Puts a version, with its signature if it has one, into an OCI registry that model.oci.repositories names, and says where it lies.",
    mixinStandardHelpOptions = true)
final class ModelPushCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the version")
  private Path folder;

  @Parameters(
      index = "1",
      paramLabel = "ADDRESS",
      description = "oci://HOST/REPOSITORY:TAG; a tag that is there with other files is refused")
  private String address;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    ModelVersion version = ModelVersion.read(folder);
    try {
      String there = ModelSource.registry(settings).push(address, version.everything());
      spec.commandLine().getOut().printf("%s lies at %s%n", version.label(), there);
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IOException e) {
      throw new OperationFailedException(
          "%s is not pushed: %s.".formatted(version.label(), e.getMessage()), e);
    }
  }
}
