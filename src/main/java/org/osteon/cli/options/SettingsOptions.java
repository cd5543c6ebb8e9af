package org.osteon.cli.options;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.value.ConfigException;
import picocli.CommandLine.Option;

/** The options from which a command takes its settings; a mixin. */
public final class SettingsOptions {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|secret|jaas|user\\.info|auth\\.token).*");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file, see docs/configuration.md.")
  private @Nullable Path config;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The Kafka brokers (bootstrap.servers).")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--schema-registry-url",
      paramLabel = "URL",
      description = "The schema registry (schema.registry.url).")
  private @Nullable String registryUrl;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any other setting, stronger than file and environment.")
  private final Map<String, String> set = new LinkedHashMap<>();

  /**
   * @throws org.osteon.config.value.ConfigException they cannot work
   */
  public Settings settings() {
    return settings(Map.of());
  }

  /**
   * @param further keys that the command's own options set
   */
  public Settings settings(Map<String, String> further) {
    refuseSecrets();
    Map<String, String> flags = new LinkedHashMap<>(set);
    flags.putAll(further);
    if (bootstrapServers != null) {
      flags.put(KafkaKeys.BOOTSTRAP_SERVERS.key(), bootstrapServers);
    }
    if (registryUrl != null) {
      flags.put(KafkaKeys.SCHEMA_REGISTRY_URL.key(), registryUrl);
    }
    return Settings.load(config, System.getenv(), flags);
  }

  /** Everyone on a machine may list the arguments of its processes. */
  private void refuseSecrets() {
    for (String key : set.keySet()) {
      if (SECRET.matcher(key).matches() && !key.endsWith(".file")) {
        throw new ConfigException(
            "--set %s would show a secret to everyone who lists processes: give it in the configuration file or in the environment."
                .formatted(key));
      }
    }
  }
}
