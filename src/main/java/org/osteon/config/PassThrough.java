package org.osteon.config;

import java.util.Locale;
import java.util.Map;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.config.value.Setting;

/** The prefixes under which other programs' settings pass through, unread. */
enum PassThrough {
  KAFKA("kafka."),
  STREAMS("streams."),
  REGISTRY("schema.registry.");

  /** What has a key of its own here, so that there is one place to look for it. */
  private static final Map<String, Setting<?>> OURS =
      Map.of(
          "bootstrap.servers", KafkaKeys.BOOTSTRAP_SERVERS,
          "application.id", KafkaKeys.APPLICATION_ID,
          "processing.guarantee", KafkaKeys.PROCESSING_GUARANTEE,
          "group.protocol", KafkaKeys.GROUP_PROTOCOL);

  private final String prefix;

  PassThrough(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  /** The prefix of environment variables, {@code OSTEON_KAFKA_}. */
  String variablePrefix() {
    return "OSTEON_" + prefix.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /**
   * @throws ConfigException where the key has a name of its own in Osteon
   */
  String strip(String key) {
    String stripped = key.substring(prefix.length());
    if (stripped.isBlank()) {
      throw new ConfigException(
          "Write a setting's name after %s, or remove the line.".formatted(prefix));
    }
    Setting<?> own = OURS.get(stripped);
    if (this != REGISTRY && own != null) {
      throw new ConfigException("Set %s instead of %s.".formatted(own.key(), key));
    }
    return stripped;
  }
}
