package org.osteon.testing.hospital;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.osteon.config.Settings;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;

/** Tells the replicas of a hospital which version to run. */
public final class Deployed {
  /** The shipped versions. */
  public static final Path MODELS = Hospital.root().resolve("models/osteon-s");

  /** The one that serves where nothing else is said. */
  public static final Path NEWEST = ShippedModel.folder();

  public static final String NUMBER = NEWEST.getFileName().toString();
  public static final String LABEL = "osteon-s/" + NUMBER;

  /** For scenarios that are not about what a version sees: fifteen times as quick on a CPU. */
  public static final Path SMALLEST = ShippedModel.smallest();

  public static final String SMALLEST_NUMBER = SMALLEST.getFileName().toString();
  public static final String SMALLEST_LABEL = "osteon-s/" + SMALLEST_NUMBER;

  private Deployed() {}

  /** A shipped version, from where it lies. */
  public static void version(Hospital hospital, String version) {
    Path folder = MODELS.resolve(version);
    version(hospital, ModelVersion.read(folder), folder.toUri());
  }

  /** A version, from wherever the address says. */
  public static void version(Hospital hospital, ModelVersion version, URI where) {
    publish(hospital.settings, version, where, DeploymentMode.ACTIVE);
  }

  /** The same beside the active one. */
  public static void shadow(Hospital hospital, ModelVersion version, URI where) {
    publish(hospital.settings, version, where, DeploymentMode.SHADOW);
  }

  /** The same for all studies, beside the active one. */
  public static void canary(Settings settings, ModelVersion version, URI where) {
    publish(settings, version, where, DeploymentMode.CANARY);
  }

  private static void publish(
      Settings settings, ModelVersion version, URI where, DeploymentMode mode) {
    ModelDeployment deployment =
        new ModelDeployment(
            version.manifest().name(),
            version.manifest().version(),
            version.sha256(),
            where.toString(),
            mode,
            Instant.now(),
            "test",
            mode == DeploymentMode.CANARY ? 1.0 : null,
            null,
            null,
            null);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    try (DeploymentTopic topic = new DeploymentTopic(settings, serdes)) {
      topic.publish(deployment);
    }
  }
}
