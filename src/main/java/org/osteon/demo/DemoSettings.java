package org.osteon.demo;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osteon.config.Settings;
import org.osteon.config.keys.FindingKeys;
import org.osteon.model.ModelManifest;
import org.osteon.model.ModelVersion;

/**
 * The settings of the service that a demo runs.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class DemoSettings {
  private static final String THRESHOLD = "0.9";

  private final Demo.Options options;
  private final Path state;

  /**
   * @param state folder of the state store
   */
  DemoSettings(Demo.Options options, Path state) {
    this.options = options;
    this.state = state;
  }

  /** Before there is a broker. */
  Settings nowhere() {
    return at("localhost:1", "http://localhost:1");
  }

  Settings at(String bootstrapServers, String registryUrl) {
    Map<String, String> values = new TreeMap<>();
    values.put("application.id", "osteon-demo");
    values.put("model.path", options.model().toString());
    values.put("http.port", "0");
    // The broker goes with the demo, and what was seen of its topics must.
    values.put("streams.state.dir", state.toString());
    alertsFrom(options)
        .ifPresent(
            threshold -> {
              values.put(FindingKeys.ALERTS_URGENT_PROBABILITY.key(), threshold);
              values.put(FindingKeys.ALERTS_CRITICAL_PROBABILITY.key(), threshold);
            });
    values.putAll(options.flags());
    values.put("bootstrap.servers", bootstrapServers);
    values.put("schema.registry.url", registryUrl);
    return Settings.of(values);
  }

  /** Of a version that names no thresholds, so that there is something to see; else empty. */
  static Optional<String> alertsFrom(Demo.Options options) {
    ModelManifest.Decision own = ModelVersion.read(options.model()).manifest().decision();
    return own.definite() != null && own.criticalProbability() != null
        ? Optional.empty()
        : Optional.of(THRESHOLD);
  }
}
