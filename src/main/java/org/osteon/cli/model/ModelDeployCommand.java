package org.osteon.cli.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.output.ProgressLines;
import org.osteon.client.OperationFailedException;
import org.osteon.config.Settings;
import org.osteon.config.keys.CanaryKeys;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.metrics.Metric;
import org.osteon.metrics.ModelMetric;
import org.osteon.model.ModelVersion;
import org.osteon.service.rollout.ModelSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon model deploy}. */
@Command(
    name = "deploy",
    description =
        "Checks a version's digests and tells every replica to run it; each verifies it again and switches between two batches. With --shadow it runs beside the active one and publishes nothing; with --canary it answers a share of the studies until its own limits (model.canary.*) or someone promote or withdraw it.",
    mixinStandardHelpOptions = true)
final class ModelDeployCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description =
          "Folder of the version, or s3://BUCKET/PREFIX/VERSION or oci://HOST/REPOSITORY:TAG, which replicas fetch too")
  private String version;

  @Option(
      names = "--uri",
      description =
          "Where replicas find that folder, if not where it lies here: a path, a file: or an s3: URI.")
  private @Nullable URI uri;

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "Who deploys it: a role or a pipeline (default: this user).")
  private String by;

  @Option(
      names = "--shadow",
      description =
          "Run it on a share of the images (model.shadow.share) beside the active version, for comparison.")
  private boolean shadow;

  @Option(
      names = "--canary",
      description = "Let it answer a share of the studies in the active version's place.")
  private boolean canary;

  @Option(
      names = "--share",
      paramLabel = "SHARE",
      description = "With --canary: that share, above 0 and up to 1 (default: model.canary.share).")
  private @Nullable Double share;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    DeploymentMode mode = mode();
    Double studies = canary ? studies(settings) : null;
    boolean remote = ModelSource.isRemote(version);
    ModelVersion found;
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr());
    progress.one("versions read");
    try (ModelSource source = new ModelSource(settings)) {
      found =
          source.at(remote ? version : Path.of(version).toAbsolutePath().normalize().toString());
    }
    progress.clear();
    String own = remote ? version : found.folder().toUri().toString();
    ModelDeployment deployment =
        new ModelDeployment(
            found.manifest().name(),
            found.manifest().version(),
            found.sha256(),
            uri == null ? own : uri.toString(),
            mode,
            Instant.ofEpochMilli(Clock.systemUTC().millis()),
            by,
            studies,
            null,
            null,
            null);
    try (DeploymentTopic topic = topic(settings)) {
      if (canary && topic.readToEnd().isActive(deployment)) {
        throw new OperationFailedException(
            "%s is the active version: a canary must be another.".formatted(found.label()));
      }
      topic.publish(deployment);
    }
    String as =
        switch (mode) {
          case SHADOW -> " as the shadow";
          case CANARY -> " as the canary, for %s of the studies".formatted(studies);
          default -> "";
        };
    Metric where =
        switch (mode) {
          case SHADOW -> ModelMetric.SHADOW_MODEL;
          case CANARY -> ModelMetric.CANARY_MODEL;
          default -> ModelMetric.MODEL;
        };
    spec.commandLine()
        .getOut()
        .printf(
            "%s is deployed%s; %s says which replicas run it%n",
            found.label(), as, where.exported());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private DeploymentMode mode() {
    if (shadow && canary) {
      throw new ParameterException(spec.commandLine(), "Give --shadow or --canary, not both.");
    }
    if (share != null && !canary) {
      throw new ParameterException(spec.commandLine(), "--share goes with --canary.");
    }
    return canary ? DeploymentMode.CANARY : shadow ? DeploymentMode.SHADOW : DeploymentMode.ACTIVE;
  }

  private double studies(Settings settings) {
    double studies = share == null ? settings.get(CanaryKeys.SHARE) : share;
    if (!(studies > 0 && studies <= 1)) {
      throw new ParameterException(
          spec.commandLine(), "A canary's share must be above 0 and at most 1.");
    }
    return studies;
  }

  static DeploymentTopic topic(Settings settings) {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    serdes.warm(TopicPlan.Writer.OPERATOR);
    return new DeploymentTopic(settings, serdes);
  }
}
