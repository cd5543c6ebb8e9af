package org.osteon.cli.model;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.Home;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.client.OperationFailedException;
import org.osteon.event.ModelDeployment;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.model.Cpus;
import org.osteon.model.DjlModel;
import org.osteon.model.ManifestSignature;
import org.osteon.model.ModelFolders;
import org.osteon.model.ModelManifest;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.model.TrustedKeys;
import org.osteon.model.VariantTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      ModelDeployCommand.class,
      ModelPromoteCommand.class,
      ModelWithdrawCommand.class,
      ModelRollbackCommand.class,
      ModelDiffCommand.class
    })
public final class ModelCommand {
  private static final int BATCH = 16;

  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      description = "Lists the versions of a folder and whether they are what they say.",
      mixinStandardHelpOptions = true)
  int list(
      @Parameters(
              paramLabel = "MODELS",
              arity = "0..1",
              description = "Folder with <name>/<version> below (default: the shipped ones)")
          @Nullable Path models,
      @Option(
              names = "--deployed",
              description =
                  "Says as well what replicas were told to run: active, shadow, previous.")
          boolean deployed,
      @Mixin SettingsOptions options)
      throws IOException {
    List<Path> folders =
        ModelFolders.all(models == null ? Home.folder().resolve("models") : models);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-24s %-11s %-16s %s%n", "version", "input", "variants", "state");
    boolean sound = true;
    for (Path folder : folders) {
      try {
        ModelVersion version = ModelVersion.read(folder);
        ModelManifest.Input input = version.manifest().input();
        out.printf(
            "%-24s %-11s %-16s %s%n",
            version.label(),
            input.height() + " × " + input.width(),
            version.manifest().variants().keySet().stream()
                .sorted()
                .collect(Collectors.joining(",")),
            "sound, " + version.sha256().substring(0, 12));
      } catch (ModelRefusedException e) {
        sound = false;
        out.printf("%-24s %-11s %-16s %s%n", folder.getFileName(), "-", "-", e.getMessage());
      }
    }
    if (deployed) {
      try (DeploymentTopic topic = ModelDeployCommand.topic(options.settings()).readToEnd()) {
        topic.active().ifPresent(one -> show("active", one, out));
        topic.shadow().ifPresent(one -> show("shadow", one, out));
        topic.previous().ifPresent(one -> show("previous", one, out));
      }
    }
    out.flush();
    return sound ? 0 : 1;
  }

  private static void show(String role, ModelDeployment one, PrintWriter out) {
    out.printf(
        "%-9s %s/%s, %s, by %s at %s, from %s%n",
        role,
        one.getName(),
        one.getVersion(),
        one.getSha256().substring(0, 12),
        one.getDeployedBy(),
        one.getDeployedAt(),
        one.getUri());
  }

  @Command(
      name = "verify",
      description =
          "Checks every digest, and that each variant reproduces the golden outputs on this machine.",
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of versions")
          List<Path> folders,
      @Option(
              names = "--device",
              defaultValue = "cpu",
              description = "auto, cpu, gpu or gpu:N (default ${DEFAULT-VALUE})")
          String device,
      @Option(
              names = "--public-key",
              paramLabel = "FILE",
              description =
                  "Holds the signature beside the manifest to this Ed25519 public key, in PEM; may be given more than once.")
          @Nullable List<Path> keys) {
    TrustedKeys trusted;
    try {
      trusted = new TrustedKeys(keys == null ? List.of() : keys);
    } catch (IllegalArgumentException e) {
      throw new OperationFailedException(String.valueOf(e.getMessage()), e);
    }
    DjlModel.configureEngine(Cpus.single());
    PrintWriter out = spec.commandLine().getOut();
    boolean sound = true;
    for (Path folder : folders) {
      ModelVersion version = ModelVersion.read(folder);
      trusted.check(folder);
      out.printf(
          "%s: %d files, every digest is right%s%n",
          version.label(),
          version.manifest().files().size(),
          keys == null ? "" : ", and so is the signature");
      for (String precision : version.manifest().variants().keySet().stream().sorted().toList()) {
        sound &= verify(version, device, precision, out);
      }
    }
    out.flush();
    return sound ? 0 : 1;
  }

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

  private static boolean verify(
      ModelVersion version, String device, String precision, PrintWriter out) {
    try (DjlModel model = DjlModel.load(version, device, precision)) {
      out.printf(
          "  %s on %s: golden outputs within %s, %.2f ms an image%n",
          precision,
          model.deviceName(),
          version.manifest().golden().tolerance().get(precision),
          VariantTimes.micros(model, BATCH) / 1e3);
      return true;
    } catch (ModelRefusedException e) {
      out.printf("  %s: %s%n", precision, e.getMessage());
      return false;
    }
  }
}
