package org.osteon.demo.roundtrip;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.osteon.config.Settings;

/** The settings of a clinic that is quick to alarm and to promote, on one small machine. */
final class ClinicSettings {
  private ClinicSettings() {}

  /**
   * @param servers bootstrap servers
   * @param registry URL of the schema registry
   * @param state folder of Kafka Streams
   * @param model folder of the first version
   */
  static Settings of(String servers, String registry, Path state, Path model) {
    Map<String, String> values = new TreeMap<>();
    values.put("application.id", "osteon-round-trip");
    values.put("performance.application.id", "osteon-round-trip-performance");
    values.put("performance.publish.seconds", "1");
    values.put("performance.scanner.attribute", "station");
    values.put("model.path", model.toString());
    values.put("model.shadow.share", "1");
    // It is to disagree: where the first version is wrong, agreement is no aim.
    values.put("model.canary.max.disagreement", "0.9");
    values.put("model.canary.max.referral.change", "0.9");
    // Both share two cores with a broker.
    values.put("model.canary.max.latency.ratio", "50");
    values.put("model.canary.promote.studies", "60");
    values.put("model.canary.promote.hours", "0");
    values.put("http.port", "0");
    values.put("streams.state.dir", state.toString());
    values.put("bootstrap.servers", servers);
    values.put("schema.registry.url", registry);
    return Settings.of(values);
  }
}
