package org.osteon.chaos;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;

/** Tells the replicas of a hospital which version to run. */
final class Deployed {
  /** The shipped versions. */
  static final Path MODELS = Hospital.root().resolve("models/osteon-s");

  /** The one that serves where nothing else is said. */
  static final Path NEWEST = ShippedModel.folder();

  static final String NUMBER = NEWEST.getFileName().toString();
  static final String LABEL = "osteon-s/" + NUMBER;

  private Deployed() {}

  /** A shipped version, from where it lies. */
  static void version(Hospital hospital, String version) {
    Path folder = MODELS.resolve(version);
    version(hospital, ModelVersion.read(folder), folder.toUri());
  }

  /** A version, from wherever the address says. */
  static void version(Hospital hospital, ModelVersion version, URI where) {
    publish(hospital, version, where, DeploymentMode.ACTIVE);
  }

  /** The same beside the active one. */
  static void shadow(Hospital hospital, ModelVersion version, URI where) {
    publish(hospital, version, where, DeploymentMode.SHADOW);
  }

  private static void publish(
      Hospital hospital, ModelVersion version, URI where, DeploymentMode mode) {
    ModelDeployment deployment =
        new ModelDeployment(
            version.manifest().name(),
            version.manifest().version(),
            version.sha256(),
            where.toString(),
            mode,
            Instant.now(),
            "test");
    EventSerdes serdes = new EventSerdes(Registry.connect(hospital.settings), hospital.settings);
    try (DeploymentTopic topic = new DeploymentTopic(hospital.settings, serdes)) {
      topic.publish(deployment);
    }
  }
}
