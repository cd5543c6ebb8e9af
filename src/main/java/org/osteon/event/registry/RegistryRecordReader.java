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
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.osteon.event.EventClasses;
import org.osteon.event.EventReading;
import org.osteon.event.ReadFault;

/**
 * Reads records in Confluent's framing (byte 0, a big-endian schema id of four bytes, Avro binary),
 * each with the schema it was written with, into the schema of this build.
 *
 * <p>Not Confluent's own deserializer, because that one throws the same exception for a registry
 * that is away and for bytes that are broken, and because it copies the image.
 *
 * <p><b>Threading.</b> Safe for any number of threads. What a schema id means never changes, so
 * what was found out about one is kept; what the registry does not know, or could not say, is not.
 *
 * @param <T> what the records are
 */
public final class RegistryRecordReader<T extends SpecificRecord> {
  private static final int HEADER = 5;

  /** How to read what one schema wrote, or why that cannot be. */
  private sealed interface Way<T> {
    record Open<T>(SpecificDatumReader<T> reader) implements Way<T> {}

    record Closed<T>(EventReading.Unreadable because) implements Way<T> {}
  }

  private final Class<T> type;
  private final SchemaRegistryClient registry;
  private final RegistryPatience patience;
  private final Map<Integer, Way<T>> ways = new ConcurrentHashMap<>();

  /**
   * @param registry see {@link Registry#connect}
   * @param patience how long one read may wait for the registry
   */
  public RegistryRecordReader(
      Class<T> type, SchemaRegistryClient registry, RegistryPatience patience) {
    EventClasses.trust();
    this.type = type;
    this.registry = registry;
    this.patience = patience;
  }

  /**
   * What became of one record's bytes; one of the two is there.
   *
   * @param value what it holds; bytes within are views into the record's own
   * @param fault why no retry will make anything of it
   */
  public record Reading<T>(@Nullable T value, EventReading.@Nullable Unreadable fault) {}

  /**
   * @param value a record's bytes
   * @throws RegistryUnavailableException the registry cannot be reached, and patience ended
   * @throws RegistryRefusedException it refuses us
   */
  public Reading<T> read(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return fault(ReadFault.EMPTY_RECORD.because("The record has no value."));
    }
    if (value.length < HEADER || value[0] != 0) {
      return fault(
          ReadFault.UNKNOWN_MAGIC.because(
              "The value does not begin with byte 0 and a schema id of four bytes."));
    }
    int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    Way<T> way = ways.get(id);
    if (way == null) {
      try {
        way = patience.ask(() -> find(id));
        ways.put(id, way);
      } catch (UnknownSchema unknown) {
        return fault(ReadFault.UNKNOWN_SCHEMA.because("The registry knows no schema " + id + "."));
      }
    }
    if (way instanceof Way.Open<T> open) {
      return decode(open.reader(), value);
    }
    return fault(((Way.Closed<T>) way).because());
  }

  private static <T> Reading<T> fault(EventReading.Unreadable because) {
    return new Reading<>(null, because);
  }

  private Reading<T> decode(SpecificDatumReader<T> reader, byte[] value) {
    try {
      RecordDecoder decoder = new RecordDecoder(value, HEADER);
      T record = reader.read(null, decoder);
      if (decoder.remaining() > 0) {
        return fault(
            ReadFault.UNDECODABLE.because(
                decoder.remaining() + " bytes follow where the record should end."));
      }
      return new Reading<>(record, null);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Whatever Avro meets in broken bytes, the bytes are broken. The message is left out: it may
      // quote the record.
      return fault(
          ReadFault.UNDECODABLE.because(
              "The bytes are not what their schema says (" + e.getClass().getSimpleName() + ")."));
    }
  }

  private Way<T> find(int id) {
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

  private Way<T> way(int id, Schema writer) {
    Schema ours = SpecificData.get().getSchema(type);
    if (SchemaCompatibility.checkReaderWriterCompatibility(ours, writer).getType()
        != SchemaCompatibilityType.COMPATIBLE) {
      return closed(
          "Schema %d (%s) cannot be read as %s."
              .formatted(id, writer.getName(), type.getSimpleName()));
    }
    SpecificDatumReader<T> reader = new SpecificDatumReader<>(type);
    reader.setSchema(writer);
    return new Way.Open<>(reader);
  }

  private Way<T> closed(String message) {
    return new Way.Closed<>(ReadFault.INCOMPATIBLE_SCHEMA.because(message));
  }

  /** The registry's clear no, on its way past the retries. */
  private static final class UnknownSchema extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownSchema(Exception cause) {
      super(cause);
    }
  }
}
