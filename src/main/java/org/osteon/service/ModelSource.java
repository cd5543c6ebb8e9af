package org.osteon.service;

import java.net.URI;
import java.nio.file.Path;
import org.osteon.event.ModelDeployment;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;

/**
 * Finds the version that a deployment or the configuration names, its digests checked.
 *
 * <p><b>Threading.</b> Any.
 */
public final class ModelSource {
  /**
   * @throws ModelRefusedException where it is not there or not what was deployed
   */
  public ModelVersion of(ModelDeployment deployment) {
    ModelVersion version;
    try {
      version = at(deployment.getUri());
    } catch (IllegalArgumentException e) {
      throw new ModelRefusedException(
          "Model version %s/%s is refused: %s is no folder of this machine."
              .formatted(deployment.getName(), deployment.getVersion(), deployment.getUri()),
          e);
    }
    if (!version.sha256().equals(deployment.getSha256())) {
      throw new ModelRefusedException(
          "Model version %s is refused: its manifest in %s is not the one that was deployed."
              .formatted(version.label(), version.folder()));
    }
    return version;
  }

  /**
   * @param where a path or a {@code file:} URI
   * @throws ModelRefusedException where it is not there or not what it says
   * @throws IllegalArgumentException where it is neither
   */
  public ModelVersion at(String where) {
    URI uri = URI.create(where);
    return ModelVersion.read(uri.getScheme() == null ? Path.of(where) : Path.of(uri));
  }
}
