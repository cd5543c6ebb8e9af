package org.osteon.examples.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.osteon.event.ClassificationResult;

/**
 * Sends each result to a FHIR server: {@code FhirBridge BROKERS REGISTRY TOPIC FHIR_BASE}.
 *
 * <p>Offsets are committed when the server has taken everything; killed before that, it sends the
 * same PUTs again. A server that refuses stops it: nothing is skipped.
 */
public final class FhirBridge {
  private FhirBridge() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 4) {
      System.err.println("Usage: FhirBridge BROKERS REGISTRY TOPIC FHIR_BASE");
      System.exit(2);
    }
    KafkaAvroDeserializer values = new KafkaAvroDeserializer();
    values.configure(
        Map.of("schema.registry.url", arguments[1], "specific.avro.reader", true), false);
    IParser json = FhirContext.forR4().newJsonParser();
    HttpClient http = HttpClient.newHttpClient();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", arguments[0],
                "group.id", "fhir-bridge",
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(arguments[2]));
      while (!Thread.currentThread().isInterrupted()) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(500))) {
          ClassificationResult result =
              (ClassificationResult) values.deserialize(each.topic(), each.value());
          send(http, arguments[3], json.encodeResourceToString(FhirBundles.of(result)));
        }
        consumer.commitSync();
      }
    }
  }

  private static void send(HttpClient http, String base, String bundle)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base))
            .header("content-type", "application/fhir+json")
            .POST(HttpRequest.BodyPublishers.ofString(bundle))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException("The FHIR server answered " + answer.statusCode() + ".");
    }
  }
}
