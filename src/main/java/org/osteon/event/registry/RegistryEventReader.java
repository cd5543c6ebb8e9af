package org.osteon.event.registry;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osteon.event.EventReader;
import org.osteon.event.EventReading;
import org.osteon.event.XRayEvent;

/**
 * Reads events, see {@link RegistryRecordReader}.
 *
 * <p><b>Threading.</b> Safe for any number of threads.
 */
public final class RegistryEventReader implements EventReader {
  private final RegistryRecordReader<XRayEvent> reader;

  /**
   * @param registry see {@link Registry#connect}
   * @param patience how long one read may wait for the registry
   */
  public RegistryEventReader(SchemaRegistryClient registry, RegistryPatience patience) {
    this.reader = new RegistryRecordReader<>(XRayEvent.class, registry, patience);
  }

  @Override
  public EventReading read(byte @Nullable [] value) {
    RegistryRecordReader.Reading<XRayEvent> reading = reader.read(value);
    EventReading.Unreadable fault = reading.fault();
    return fault == null ? new EventReading.Read(Objects.requireNonNull(reading.value())) : fault;
  }
}
