package org.osteon.integration.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.osteon.config.Settings;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.model.ModelRefusedException;
import org.osteon.service.rollout.ModelSource;

/**
 * Versions from a store, as a service gets them.
 *
 * @param store settings that say which
 * @param cache where they are kept
 */
record FetchedVersions(Map<String, String> store, Path cache) {
  Map<String, String> settings(Map<String, String> further) {
    Map<String, String> values = new TreeMap<>(store);
    values.put("model.cache", cache.toString());
    values.putAll(further);
    return values;
  }

  ModelSource source(Map<String, String> further) {
    return new ModelSource(Settings.of(settings(further)));
  }

  void assertRefused(String address, Map<String, String> further, String... why) {
    try (ModelSource source = source(further)) {
      assertThatThrownBy(() -> source.at(address))
          .isInstanceOf(ModelRefusedException.class)
          .satisfies(e -> assertThat(e.getMessage()).contains(why).hasLineCount(1));
    }
  }

  static ModelDeployment deployed(String sha256, String uri) {
    return new ModelDeployment(
        "osteon-s",
        "1",
        sha256,
        uri,
        DeploymentMode.ACTIVE,
        Instant.now(),
        "test",
        null,
        null,
        null,
        null);
  }
}
