package org.osteon.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;
import org.osteon.event.EventReading.Read;
import org.osteon.event.EventReading.Unreadable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a record's value, in Confluent's framing, to an event: byte 0, a schema id of 4 bytes, Avro.
 * The writer's schema comes from the registry and is resolved to ours.
 *
 * <p>A registry that does not answer is waited for, with back-off; that is no fault of the record.
 *
 * <p><b>Threading.</b> Any.
 */
public final class EventReader {
  private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
  private static final int HEADER = 5;
  private static final long FIRST_PAUSE_MS = 50;
  private static final long LONGEST_PAUSE_MS = 1000;

  private final Map<Integer, Schema> writers = new ConcurrentHashMap<>();
  private final Registry registry;
  private final Duration patience;
  private final Consumer<@Nullable String> registryTrouble;

  /**
   * @param patience how long a registry that does not answer is waited for before {@link
   *     RegistryUnavailableException}
   * @param registryTrouble told what is wrong with the registry, and null when it answers again
   */
  public EventReader(
      Registry registry, Duration patience, Consumer<@Nullable String> registryTrouble) {
    this.registry = registry;
    this.patience = patience;
    this.registryTrouble = registryTrouble;
  }

  /**
   * Keeps a corrupt length prefix from allocating what it claims. To be called before the first
   * Avro record is decoded in this process.
   *
   * @param maxBytes the largest image
   */
  public static void limitAllocations(long maxBytes) {
    System.setProperty("org.apache.avro.limits.bytes.maxLength", Long.toString(maxBytes));
    System.setProperty("org.apache.avro.limits.string.maxLength", Integer.toString(1 << 20));
    System.setProperty("org.apache.avro.limits.collectionItems.maxLength", "10000");
  }

  /**
   * Reads one value; bad bytes are an answer, not an exception.
   *
   * @throws RegistryUnavailableException where the registry did not answer for too long
   * @throws RegistryRefusedException where it refuses
   */
  public EventReading read(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return new Unreadable("EMPTY_RECORD", "The record has no value.");
    }
    if (value.length < HEADER || value[0] != 0) {
      return new Unreadable(
          "UNKNOWN_MAGIC", "The record does not begin with a zero byte and a schema id.");
    }
    int id = ByteBuffer.wrap(value, 1, 4).getInt();
    Schema writer = writers.get(id);
    if (writer == null) {
      Optional<Schema> found = schema(id);
      if (found.isEmpty()) {
        return new Unreadable("UNKNOWN_SCHEMA", "The registry has no Avro schema " + id + ".");
      }
      writer = found.get();
      if (!resolves(writer)) {
        return incompatible(id);
      }
      writers.put(id, writer);
    }
    return decode(value, id, writer);
  }

  private static EventReading decode(byte[] value, int id, Schema writer) {
    SpecificDatumReader<XRayEvent> reader =
        new SpecificDatumReader<>(
            writer, XRayEvent.getClassSchema(), SpecificData.getForClass(XRayEvent.class));
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
    try {
      XRayEvent event = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        return new Unreadable("UNDECODABLE", "Bytes are left over behind the event.");
      }
      return new Read(event);
    } catch (AvroTypeException e) {
      return incompatible(id);
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | ClassCastException e) {
      return new Unreadable("UNDECODABLE", "The bytes are no event of schema " + id + ".");
    } catch (UnsupportedOperationException | NullPointerException | IllegalArgumentException e) {
      return new Unreadable("UNDECODABLE", "The bytes are no event of schema " + id + ".");
    }
  }

  private static boolean resolves(Schema writer) {
    Resolver.Action action =
        Resolver.resolve(writer, XRayEvent.getClassSchema(), SpecificData.get());
    return action.type != Resolver.Action.Type.ERROR;
  }

  private static Unreadable incompatible(int id) {
    return new Unreadable(
        "INCOMPATIBLE_SCHEMA", "Schema " + id + " cannot be read as an XRayEvent.");
  }

  private Optional<Schema> schema(int id) {
    long deadline = System.nanoTime() + patience.toNanos();
    long pause = FIRST_PAUSE_MS;
    boolean waited = false;
    while (true) {
      try {
        Optional<Schema> schema = registry.schema(id);
        if (waited) {
          LOG.info("The schema registry answers again");
          registryTrouble.accept(null);
        }
        return schema;
      } catch (RegistryUnavailableException e) {
        if (!waited) {
          LOG.warn("{} Waiting for it.", e.getMessage());
          registryTrouble.accept(String.valueOf(e.getMessage()));
          waited = true;
        }
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
        pause(pause);
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }
}
