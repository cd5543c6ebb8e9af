package org.osteon.service;

import java.util.Map;
import java.util.Set;
import org.osteon.config.value.ConfigException;

/**
 * Settings of Kafka under which records could be lost or be answered twice without a word: they are
 * refused, wherever they are set.
 */
final class VoidingOverrides {
  /** Who sets these decides that a record which fails is passed over. */
  private static final Set<String> HANDLERS =
      Set.of(
          "processing.exception.handler",
          "deserialization.exception.handler",
          "default.deserialization.exception.handler",
          "production.exception.handler",
          "default.production.exception.handler",
          "processing.exception.handler.global.enabled",
          "errors.dead.letter.queue.topic.name");

  /** Values under which what was promised does not hold. */
  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "acks", Set.of("0", "1"),
          "enable.idempotence", Set.of("false"),
          "isolation.level", Set.of("read_uncommitted"),
          "enable.auto.commit", Set.of("true"),
          "auto.offset.reset", Set.of("latest", "none"));

  private static final Set<String> CLIENTS =
      Set.of("main.consumer.", "restore.consumer.", "consumer.", "producer.");

  private VoidingOverrides() {}

  /**
   * @param settings as Kafka names them
   * @param prefix under which they were given, for the message
   * @throws ConfigException one of them voids the guarantee
   */
  static void check(Map<String, String> settings, String prefix) {
    settings.forEach(
        (key, value) -> {
          String bare = bare(key);
          if (HANDLERS.contains(bare)) {
            throw new ConfigException(
                "%s%s would pass over records that fail: leave it out; they are dead letters already."
                    .formatted(prefix, key));
          }
          if (VALUES.getOrDefault(bare, Set.of()).contains(value.trim())) {
            throw new ConfigException(
                "%s%s=%s would void the guarantee that nothing is lost: leave it out."
                    .formatted(prefix, key, value));
          }
        });
  }

  private static String bare(String key) {
    for (String client : CLIENTS) {
      if (key.startsWith(client)) {
        return key.substring(client.length());
      }
    }
    return key;
  }
}
