package org.osteon.event;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Confluent's serializers under TopicNameStrategy, for one type each. */
public final class Serdes {
  private static final Map<String, String> CONFIG =
      Map.of(
          "schema.registry.url",
          "given-by-client",
          "auto.register.schemas",
          "false",
          "avro.remove.java.properties",
          "true",
          "specific.avro.reader",
          "true");

  private Serdes() {}

  /** Frames records of a schema that is registered; registering is {@code osteon topics}' work. */
  public static <T extends SpecificRecord> Serializer<T> serializer(Registry registry) {
    KafkaAvroSerializer serializer = new KafkaAvroSerializer(registry.client(), CONFIG);
    serializer.configure(CONFIG, false);
    return serializer::serialize;
  }

  /** Reads framed records as {@code type}. */
  public static <T extends SpecificRecord> Deserializer<T> deserializer(
      Registry registry, Class<T> type) {
    KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer(registry.client(), CONFIG);
    return (topic, bytes) -> type.cast(deserializer.deserialize(topic, bytes));
  }

  /** A record's schema as it is registered: without what concerns Java alone. */
  public static Schema registered(SpecificRecord empty) {
    return AvroSchemaUtils.getSchema(empty, false, false, true);
  }

  /** Subject of a topic's values. */
  public static String subject(String topic) {
    return topic + "-value";
  }
}
