package org.osteon.event.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.osteon.event.registry.WireRecords.ONCE;
import static org.osteon.event.registry.WireRecords.framed;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.EventReading;
import org.osteon.event.XRayEvent;
import org.osteon.testing.Events;
import org.osteon.testing.Platform;

/** What is read of records by the schemas that the registry has of them. */
@Tag("integration")
@Timeout(600)
class RegistryEventReaderTest {
  private final Settings settings =
      Platform.settings("127.0.0.1:1", Platform.registry().url(), Map.of());
  private final SchemaRegistryClient registry = Registry.connect(settings);
  private final RegistryEventReader reader = new RegistryEventReader(registry, ONCE);
  private final EventSerdes serdes = new EventSerdes(registry, settings);

  @Test
  void whatTheSerializerWritesIsReadExactly() throws Exception {
    XRayEvent event = Events.event("e-1", 50_000, 1);
    assertThat(reader.read(serialized(event))).isEqualTo(new EventReading.Read(event));
    assertThat(
            serdes
                .events()
                .deserializer()
                .deserialize(settings.get(TopicKeys.EVENTS), serialized(event)))
        .isEqualTo(event);
  }

  @Test
  void bytesWithoutTheFramingAreNamed() {
    assertReason(reader.read(null), "EMPTY_RECORD");
    assertReason(reader.read(new byte[0]), "EMPTY_RECORD");
    assertReason(reader.read(new byte[] {0, 0, 0, 1}), "UNKNOWN_MAGIC");
    assertReason(reader.read("{\"eventId\":1}".getBytes(StandardCharsets.UTF_8)), "UNKNOWN_MAGIC");
  }

  @Test
  void aSchemaThatIsRegisteredLaterIsReadLater() throws Exception {
    assertReason(reader.read(framed(987_654, new byte[9])), "UNKNOWN_SCHEMA");
    int next = highestId() + 1;
    XRayEvent event = Events.event("later", 100, 2);
    byte[] payload = serialized(event);
    int id = ByteBuffer.wrap(payload, 1, 4).getInt();
    // The same client was told no about ids around the one that it now finds.
    assertReason(reader.read(framed(next + 50, new byte[9])), "UNKNOWN_SCHEMA");
    assertThat(id).isPositive();
    assertThat(reader.read(payload)).isEqualTo(new EventReading.Read(event));
  }

  @Test
  void recordsOfOlderAndNewerSchemasAreRead() throws Exception {
    Schema older = without(XRayEvent.getClassSchema(), "laterality");
    Schema newer = with(XRayEvent.getClassSchema(), "exposureMicroampereSeconds");
    for (Schema writer : List.of(older, newer)) {
      XRayEvent event = Events.event("evolved", 2_000, 3);
      int id = registry.register(settings.get(TopicKeys.EVENTS) + "-value", new AvroSchema(writer));
      GenericData.Record record = new GenericData.Record(writer);
      for (Schema.Field field : writer.getFields()) {
        Schema.Field ours = XRayEvent.getClassSchema().getField(field.name());
        if (ours != null) {
          record.put(field.name(), event.get(ours.pos()));
        }
      }
      EventReading reading = reader.read(framed(id, encoded(writer, record)));
      assertThat(reading).isEqualTo(new EventReading.Read(event));
    }
  }

  @Test
  void aSchemaOfSomethingElseIsIncompatible() throws Exception {
    Schema other = SchemaBuilder.record("Invoice").fields().requiredLong("cents").endRecord();
    int id = registry.register("other-" + settings.get(TopicKeys.EVENTS), new AvroSchema(other));
    assertReason(reader.read(framed(id, new byte[] {2})), "INCOMPATIBLE_SCHEMA");

    String subject = "json-" + settings.get(TopicKeys.EVENTS);
    String body =
        "{\"schemaType\":\"JSON\",\"schema\":"
            + "\"{\\\"$schema\\\":\\\"http://json-schema.org/draft-07/schema#\\\",\\\"type\\\":\\\"object\\\"}\"}";
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            Platform.registry().url() + "/subjects/" + subject + "/versions"))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    int json = Integer.parseInt(answer.body().replaceAll("[^0-9]", ""));
    assertReason(reader.read(framed(json, new byte[] {2})), "INCOMPATIBLE_SCHEMA");
  }

  @Test
  void brokenAvroIsUndecodable() throws Exception {
    byte[] good = serialized(Events.event("e", 3_000, 4));
    assertReason(reader.read(Arrays.copyOf(good, good.length - 1)), "UNDECODABLE");
    assertReason(reader.read(Arrays.copyOf(good, good.length + 1)), "UNDECODABLE");
    assertReason(reader.read(Arrays.copyOf(good, 5)), "UNDECODABLE");
    byte[] claims = Arrays.copyOf(good, 12);
    // A string of two gigabytes, says the prefix.
    Arrays.fill(claims, 5, 9, (byte) 0xff);
    claims[9] = 0x0f;
    assertReason(reader.read(claims), "UNDECODABLE");
  }

  private byte[] serialized(XRayEvent event) throws Exception {
    return WireRecords.serialized(settings, event);
  }

  private int highestId() throws Exception {
    return registry.register(
        "any-" + settings.get(TopicKeys.EVENTS),
        new AvroSchema(
            SchemaBuilder.record("Any" + System.nanoTime()).fields().requiredInt("i").endRecord()));
  }

  private static void assertReason(EventReading reading, String reason) {
    assertThat(reading).isInstanceOf(EventReading.Unreadable.class);
    EventReading.Unreadable unreadable = (EventReading.Unreadable) reading;
    assertThat(unreadable.reason()).isEqualTo(reason);
    assertThat(unreadable.message()).endsWith(".");
  }

  private static byte[] encoded(Schema schema, GenericData.Record record) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    GenericData data = new SpecificData();
    data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    new GenericDatumWriter<GenericData.Record>(schema, data).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Schema without(Schema schema, String name) {
    return copied(schema, schema.getFields().stream().filter(f -> !f.name().equals(name)).toList());
  }

  private static Schema with(Schema schema, String name) {
    List<Schema.Field> fields = new ArrayList<>(schema.getFields());
    Schema optional =
        Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.INT));
    fields.add(0, new Schema.Field(name, optional, "added", Schema.Field.NULL_DEFAULT_VALUE));
    return copied(schema, fields);
  }

  private static Schema copied(Schema schema, List<Schema.Field> fields) {
    return Schema.createRecord(
        schema.getName(),
        schema.getDoc(),
        schema.getNamespace(),
        false,
        fields.stream().map(f -> new Schema.Field(f, f.schema())).toList());
  }
}
