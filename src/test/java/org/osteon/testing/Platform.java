package org.osteon.testing;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.registry.Registry;
import org.osteon.sandbox.EmbeddedBroker;
import org.osteon.sandbox.RegistryProcess;

/**
 * One broker and one registry for all tests of this JVM, started when the first test asks. A test
 * that breaks one starts its own instead.
 *
 * <p>Tests stay apart by topic names: {@link #settings} makes up new ones for each call.
 */
public final class Platform {
  /** Enough for an image of the default image.max.bytes in a dead letter. */
  public static final int MAX_RECORD_BYTES = 48 << 20;

  private static @Nullable EmbeddedBroker broker;
  private static @Nullable RegistryProcess registry;

  /** The shared broker. */
  public static synchronized EmbeddedBroker broker() {
    EmbeddedBroker running = broker;
    if (running == null) {
      running = EmbeddedBroker.start(MAX_RECORD_BYTES);
      broker = running;
      Runtime.getRuntime().addShutdownHook(new Thread(running::close));
    }
    return running;
  }

  /** The shared registry. */
  public static synchronized RegistryProcess registry() {
    RegistryProcess running = registry;
    if (running == null) {
      running = RegistryProcess.launch();
      registry = running;
      Runtime.getRuntime().addShutdownHook(new Thread(running::close));
    }
    return running;
  }

  /** Settings against both, with topics and an application id that no other test has. */
  public static Settings settings() {
    return settings(broker().bootstrapServers(), registry().url(), Map.of());
  }

  /** The same against other servers, with further keys. */
  public static Settings settings(
      String bootstrapServers, String registryUrl, Map<String, String> further) {
    String own = UUID.randomUUID().toString().substring(0, 8);
    Map<String, String> values = TopicKeys.named(own);
    values.put("bootstrap.servers", bootstrapServers);
    values.put("schema.registry.url", registryUrl);
    values.put("application.id", "osteon-" + own);
    values.putAll(further);
    return Settings.of(values);
  }

  /** An admin client of those settings. */
  public static Admin admin(Settings settings) {
    return Admin.create(settings.kafkaClient());
  }

  /** A registry client of those settings. */
  public static SchemaRegistryClient registryClient(Settings settings) {
    return Registry.connect(settings);
  }

  private Platform() {}
}
