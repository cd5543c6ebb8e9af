package org.osteon.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import org.osteon.client.OperationFailedException;
import org.osteon.model.ManifestSignature;
import org.osteon.model.ModelVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon model …}. */
@Command(
    name = "model",
    description = "Lists, verifies, compares and deploys model versions.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelPushCommand.class,
      ModelListCommand.class,
      ModelVerifyCommand.class,
      ModelDeployCommand.class,
      ModelPromoteCommand.class,
      ModelWithdrawCommand.class,
      ModelRollbackCommand.class,
      ModelDiffCommand.class
    })
public final class ModelCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "sign",
      description =
          "Signs a version's manifest, which holds the digest of every other file, with an Ed25519 key.",
      mixinStandardHelpOptions = true)
  int sign(
      @Parameters(paramLabel = "DIR", description = "Folder of the version") Path folder,
      @Option(
              names = "--key",
              paramLabel = "FILE",
              required = true,
              description =
                  "Private key in PEM, as `openssl genpkey -algorithm ed25519` writes it.")
          Path key)
      throws IOException {
    try {
      Path file = ManifestSignature.write(ModelVersion.read(folder), key);
      spec.commandLine().getOut().printf("%s is written%n", file);
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IllegalArgumentException e) {
      throw new OperationFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
