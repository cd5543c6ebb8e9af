import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes one image as an event and waits until the brokers have it. Needs kafka-clients, avro and
 * Confluent's kafka-avro-serializer, nothing of Osteon's.
 *
 * <pre>
 * java -cp 'lib/*' Publish.java --brokers H:P --registry URL --study UID --facility CODE --image FILE
 *     [--topic xray.events] [--accession NUMBER] [--body-part HAND] [--priority STAT]
 * </pre>
 *
 * <p>Prints the event's id. docs/publishing.md says what each field is for.
 */
public class Publish {
  /** The client's default is a megabyte; the topic's max.message.bytes still holds. */
  private static final int LARGEST_RECORD = 40 << 20;

  public static void main(String[] args) throws Exception {
    Map<String, String> options = new HashMap<>(Map.of("topic", "xray.events"));
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i].substring(2), args[i + 1]);
    }
    Schema schema;
    // A publisher registers nothing: osteon topics has, and writing there is not its right.
    try (CachedSchemaRegistryClient registry =
        new CachedSchemaRegistryClient(options.get("registry"), 10)) {
      String subject = options.get("topic") + "-value";
      schema = new Schema.Parser().parse(registry.getLatestSchemaMetadata(subject).getSchema());
    }
    GenericRecord event = event(schema, options);
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", options.get("brokers"));
    config.put("schema.registry.url", options.get("registry"));
    config.put("auto.register.schemas", false);
    config.put("use.latest.version", true);
    // Idempotent with acks=all, so that the client's own retries write no record twice.
    config.put("enable.idempotence", true);
    config.put("max.request.size", LARGEST_RECORD);
    KafkaAvroSerializer values = new KafkaAvroSerializer();
    values.configure(config, false);
    try (KafkaProducer<String, Object> producer =
        new KafkaProducer<>(config, new StringSerializer(), values)) {
      // The key keeps a study's images in order. get: not sent is not arrived.
      producer
          .send(new ProducerRecord<>(options.get("topic"), options.get("study"), event))
          .get();
    }
    System.out.println(event.get("eventId"));
  }

  /** Fields that are left out take their defaults from the schema. */
  private static GenericRecord event(Schema schema, Map<String, String> options) throws Exception {
    Path file = Path.of(options.get("image"));
    byte[] data = Files.readAllBytes(file);
    // Which branch of the union: with GenericRecord its schema says so.
    Schema inline = schema.getField("image").schema().getTypes().get(0); // InlineImage
    Schema priority = schema.getField("priority").schema();
    return new GenericRecordBuilder(schema)
        .set("eventId", id(options.get("study"), data))
        .set("studyInstanceUid", options.get("study"))
        .set("accessionNumber", options.get("accession"))
        .set("bodyPart", options.get("body-part"))
        .set("facility", options.get("facility"))
        .set(
            "priority",
            new GenericData.EnumSymbol(priority, options.getOrDefault("priority", "ROUTINE")))
        .set("publishedAt", System.currentTimeMillis())
        .set("contentType", type(file))
        .set("image", new GenericRecordBuilder(inline).set("data", ByteBuffer.wrap(data)).build())
        .build();
  }

  /** Of study and picture: sent again it is the same event, and another picture is another. */
  private static String id(String study, byte[] data) throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes((study + "\n").getBytes(StandardCharsets.UTF_8));
    both.writeBytes(data);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(both.toByteArray()));
  }

  private static String type(Path file) throws Exception {
    String known = Files.probeContentType(file);
    if (file.toString().endsWith(".dcm")) {
      return "application/dicom";
    }
    return known == null ? "application/octet-stream" : known;
  }
}
