package org.osteon.event.registry;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;
import org.osteon.event.EventClasses;
import org.osteon.event.EventReader;
import org.osteon.event.EventReading;
import org.osteon.event.ReadFault;
import org.osteon.event.XRayEvent;

/**
 * Reads events in Confluent's framing (byte 0, a big-endian schema id of four bytes, Avro binary),
 * each with the schema it was written with, into the schema of this build.
 *
 * <p>Not Confluent's own deserializer, because that one throws the same exception for a registry
 * that is away and for bytes that are broken, and because it copies the image.
 *
 * <p><b>Threading.</b> Safe for any number of threads. What a schema id means never changes, so
 * what was found out about one is kept; what the registry does not know, or could not say, is not.
 */
public final class RegistryEventReader implements EventReader {
  private static final int HEADER = 5;

  /** How to read what one schema wrote, or why that cannot be. */
  private sealed interface Way {
    record Open(SpecificDatumReader<XRayEvent> reader) implements Way {}

    record Closed(EventReading.Unreadable because) implements Way {}
  }

  private final SchemaRegistryClient registry;
  private final RegistryPatience patience;
  private final Map<Integer, Way> ways = new ConcurrentHashMap<>();

  /**
   * @param registry see {@link Registry#connect}
   * @param patience how long one read may wait for the registry
   */
  public RegistryEventReader(SchemaRegistryClient registry, RegistryPatience patience) {
    EventClasses.trust();
    this.registry = registry;
    this.patience = patience;
  }

  @Override
  public EventReading read(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return ReadFault.EMPTY_RECORD.because("The record has no value.");
    }
    if (value.length < HEADER || value[0] != 0) {
      return ReadFault.UNKNOWN_MAGIC.because(
          "The value does not begin with byte 0 and a schema id of four bytes.");
    }
    int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    Way way = ways.get(id);
    if (way == null) {
      try {
        way = patience.ask(() -> find(id));
        ways.put(id, way);
      } catch (UnknownSchema unknown) {
        return ReadFault.UNKNOWN_SCHEMA.because("The registry knows no schema " + id + ".");
      }
    }
    if (way instanceof Way.Open open) {
      return decode(open.reader(), value);
    }
    return ((Way.Closed) way).because();
  }

  private static EventReading decode(SpecificDatumReader<XRayEvent> reader, byte[] value) {
    try {
      RecordDecoder decoder = new RecordDecoder(value, HEADER);
      XRayEvent event = reader.read(null, decoder);
      if (decoder.remaining() > 0) {
        return ReadFault.UNDECODABLE.because(
            decoder.remaining() + " bytes follow where the event should end.");
      }
      return new EventReading.Read(event);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Whatever Avro meets in broken bytes, the bytes are broken. The message is left out: it may
      // quote the record.
      return ReadFault.UNDECODABLE.because(
          "The bytes are not what their schema says (" + e.getClass().getSimpleName() + ").");
    }
  }

  private Way find(int id) {
    try {
      ParsedSchema parsed = registry.getSchemaById(id);
      return parsed instanceof AvroSchema avro
          ? way(id, avro.rawSchema())
          : closed("Schema " + id + " is not Avro.");
    } catch (RestClientException e) {
      if (RegistryFaults.isUnknown(e)) {
        throw new UnknownSchema(e);
      }
      throw RegistryFaults.sorted(e);
    } catch (IOException e) {
      throw RegistryFaults.sorted(e);
    } catch (RuntimeException e) {
      // The registry answered, with something that its client cannot parse as Avro.
      if (isAboutTheSchema(e)) {
        return closed("Schema " + id + " is not Avro.");
      }
      throw e;
    }
  }

  private static boolean isAboutTheSchema(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof AvroRuntimeException
          || String.valueOf(cause.getMessage()).startsWith("Invalid schema")) {
        return true;
      }
    }
    return false;
  }

  private static Way way(int id, Schema writer) {
    SchemaCompatibilityType type =
        SchemaCompatibility.checkReaderWriterCompatibility(XRayEvent.getClassSchema(), writer)
            .getType();
    if (type != SchemaCompatibilityType.COMPATIBLE) {
      return closed("Schema %d (%s) cannot be read as XRayEvent.".formatted(id, writer.getName()));
    }
    SpecificDatumReader<XRayEvent> reader = new SpecificDatumReader<>(XRayEvent.class);
    reader.setSchema(writer);
    return new Way.Open(reader);
  }

  private static Way closed(String message) {
    return new Way.Closed(ReadFault.INCOMPATIBLE_SCHEMA.because(message));
  }

  /** The registry's clear no, on its way past the retries. */
  private static final class UnknownSchema extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownSchema(Exception cause) {
      super(cause);
    }
  }
}
