package org.osteon.service;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.model.engine.DjlModel;
import org.osteon.service.rollout.ModelSwitch;

/** What {@code /version} says. */
final class VersionInfo {
  private VersionInfo() {}

  /**
   * @param models null until the model is loaded; then little is known
   */
  static Map<String, String> of(Settings settings, @Nullable ModelSwitch models) {
    if (models == null) {
      return Map.of("application", settings.get(KafkaKeys.APPLICATION_ID));
    }
    DjlModel model = models.running().model();
    return Map.of(
        "application", settings.get(KafkaKeys.APPLICATION_ID),
        "model", models.running().label(),
        "modelSha256", models.running().sha256(),
        "precision", model.precision(),
        "inferenceThreads", models.running().cpus().split(),
        "device", model.deviceName());
  }
}
