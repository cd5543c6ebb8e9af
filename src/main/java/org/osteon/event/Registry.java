package org.osteon.event;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The schema registry, with its errors sorted into the three kinds that each need another answer:
 * not reachable (wait), refused (stop), and not there (an empty answer).
 *
 * <p><b>Threading.</b> Any.
 */
public final class Registry {
  private static final int CACHED_SCHEMAS = 1000;

  private final SchemaRegistryClient client;
  private final String url;

  /**
   * @param url base URLs of Confluent's API, separated by commas
   * @param config further settings of the client, without the {@code schema.registry.} prefix
   */
  public Registry(String url, Map<String, String> config) {
    this.url = url;
    this.client =
        new CachedSchemaRegistryClient(
            List.of(url.split(",")),
            CACHED_SCHEMAS,
            List.of(new AvroSchemaProvider()),
            Map.copyOf(config),
            Map.of());
  }

  /** A call of the client. */
  @FunctionalInterface
  interface Call<T> {
    T call(SchemaRegistryClient client) throws IOException, RestClientException;
  }

  /** The Avro schema of an id, or empty where the registry has none. */
  Optional<Schema> schema(int id) {
    return ask(c -> c.getSchemaById(id)).filter(AvroSchema.class::isInstance).map(Registry::avro);
  }

  /** The id under which a schema is registered for a subject, or empty where it is not. */
  public Optional<Integer> id(String subject, Schema schema) {
    return ask(c -> c.getId(subject, new AvroSchema(schema)));
  }

  /**
   * Makes a call.
   *
   * @return empty where the registry says 404
   * @throws RegistryUnavailableException where it does not answer, or cannot for now
   * @throws RegistryRefusedException where it answers with another refusal
   */
  <T> Optional<T> ask(Call<T> call) {
    try {
      return Optional.ofNullable(call.call(client));
    } catch (RestClientException e) {
      if (e.getStatus() == 404) {
        return Optional.empty();
      }
      if (e.getStatus() >= 500 || e.getStatus() == 429 || e.getStatus() == 408) {
        throw unavailable(e);
      }
      if (e.getStatus() == 401 || e.getStatus() == 403) {
        throw new RegistryRefusedException(
            "The schema registry at %s refuses access (%d): set schema.registry.basic.auth.credentials.source and its credentials, or grant them."
                .formatted(url, e.getStatus()));
      }
      throw new RegistryRefusedException(
          "The schema registry at %s refuses: %s.".formatted(url, e.getMessage()));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  SchemaRegistryClient client() {
    return client;
  }

  private RegistryUnavailableException unavailable(Exception e) {
    return new RegistryUnavailableException(
        "The schema registry at %s does not answer (%s).".formatted(url, e.getMessage()), e);
  }

  private static Schema avro(ParsedSchema schema) {
    return ((AvroSchema) schema).rawSchema();
  }
}
