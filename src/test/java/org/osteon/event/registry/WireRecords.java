package org.osteon.event.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.WireSchema;
import org.osteon.event.XRayEvent;

/** Records as a registry's serializer writes them, and by hand. */
final class WireRecords {
  /** Who asks the registry and waits for nothing. */
  static final RegistryPatience ONCE =
      new RegistryPatience(Duration.ZERO, RegistryPatience.UNWATCHED);

  private WireRecords() {}

  static byte[] serialized(Settings settings, XRayEvent event) throws Exception {
    SchemaRegistryClient client = Registry.connect(settings);
    client.register(
        settings.get(TopicKeys.EVENTS) + "-value",
        new AvroSchema(WireSchema.of(XRayEvent.SCHEMA$)));
    byte[] bytes =
        new EventSerdes(client, settings)
            .events()
            .serializer()
            .serialize(settings.get(TopicKeys.EVENTS), event);
    assertThat(bytes).isNotNull();
    return bytes;
  }

  static byte[] framed(int id, byte[] avro) {
    return ByteBuffer.allocate(5 + avro.length).put((byte) 0).putInt(id).put(avro).array();
  }
}
