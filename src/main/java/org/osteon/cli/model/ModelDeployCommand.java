package org.osteon.cli.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.output.ProgressLines;
import org.osteon.config.Settings;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.metrics.Metric;
import org.osteon.model.ModelVersion;
import org.osteon.service.rollout.ModelSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon model deploy}. */
@Command(
    name = "deploy",
    description =
        "Checks a version's digests and tells every replica to run it; each verifies it again and switches between two batches. With --shadow it runs beside the active one and publishes nothing.",
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

  @Override
  public Integer call() {
    Settings settings = options.settings();
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
            shadow ? DeploymentMode.SHADOW : DeploymentMode.ACTIVE,
            Instant.now(Clock.systemUTC()),
            by);
    try (DeploymentTopic topic = topic(settings)) {
      topic.publish(deployment);
    }
    spec.commandLine()
        .getOut()
        .printf(
            "%s is deployed%s; %s says which replicas run it%n",
            found.label(),
            shadow ? " as the shadow" : "",
            shadow ? Metric.SHADOW_MODEL.exported() : Metric.MODEL.exported());
    spec.commandLine().getOut().flush();
    return 0;
  }

  static DeploymentTopic topic(Settings settings) {
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    serdes.warm(TopicPlan.Writer.OPERATOR);
    return new DeploymentTopic(settings, serdes);
  }
}
