package org.osteon.event;

import org.jspecify.annotations.Nullable;
import org.osteon.event.registry.RegistryRefusedException;
import org.osteon.event.registry.RegistryUnavailableException;

/** From the bytes of a record to an event. */
@FunctionalInterface
public interface EventReader {
  /**
   * @param value the record's value, with Confluent's framing; not changed afterwards
   * @return the event, or why no retry will make it one
   * @throws RegistryUnavailableException the registry cannot be reached: the record may be good,
   *     read it again later
   * @throws RegistryRefusedException the registry refuses us: someone must mend the configuration
   */
  EventReading read(byte @Nullable [] value);
}
