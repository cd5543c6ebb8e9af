package org.osteon.event.registry;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.value.ConfigException;

/** Connects to the schema registry of the settings. */
public final class Registry {
  /** Far above what a registry has: the client drops nothing. */
  private static final int CACHED_SCHEMAS = 1000;

  /**
   * A client that keeps what it found forever and what it did not find not at all: a schema that is
   * missing now may be registered in a moment. It does not retry: the caller decides that.
   *
   * @throws ConfigException a schema.registry.* setting cannot work
   */
  public static SchemaRegistryClient connect(Settings settings) {
    List<String> urls =
        Arrays.stream(settings.get(KafkaKeys.SCHEMA_REGISTRY_URL).split(","))
            .map(String::trim)
            .toList();
    try {
      return new CachedSchemaRegistryClient(
          urls, CACHED_SCHEMAS, List.of(new AvroSchemaProvider()), properties(settings));
    } catch (ServiceConfigurationError | KafkaException e) {
      // Providers of credentials that need classes which are not here, OAuth's among them.
      throw new ConfigException(
          "The registry's client refuses a schema.registry.* setting (%s): use basic.auth.user.info or bearer.auth.token, or build with -Pconfluent for others."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Map<String, Object> properties(Settings settings) {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("max.retries", "0");
    properties.put("http.connect.timeout.ms", "5000");
    properties.put("http.read.timeout.ms", "10000");
    properties.put("missing.id.cache.ttl.sec", 0L);
    settings
        .schemaRegistry()
        .forEach(
            (key, value) -> {
              properties.put(key, typed(key, value));
              // Confluent's client reads TLS under the long name and all else under the short one.
              properties.put("schema.registry." + key, value);
            });
    if (properties.containsKey("basic.auth.user.info")) {
      properties.putIfAbsent("basic.auth.credentials.source", "USER_INFO");
    }
    if (properties.containsKey("bearer.auth.token")) {
      properties.putIfAbsent("bearer.auth.credentials.source", "STATIC_TOKEN");
    }
    return properties;
  }

  /** Confluent's client parses what is a string, but casts these. */
  private static Object typed(String key, String value) {
    try {
      return key.endsWith(".ttl.sec") ? (Object) Long.valueOf(value) : value;
    } catch (NumberFormatException e) {
      throw new ConfigException(
          "schema.registry.%s must be a whole number, not '%s'.".formatted(key, value), e);
    }
  }

  private Registry() {}
}
