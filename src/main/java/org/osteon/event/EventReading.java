package org.osteon.event;

/** What came of reading a record's value. */
public sealed interface EventReading {
  /** An event. */
  record Read(XRayEvent event) implements EventReading {}

  /**
   * Bytes that are no event.
   *
   * @param reason stable code: {@code EMPTY_RECORD}, {@code UNKNOWN_MAGIC}, {@code UNKNOWN_SCHEMA},
   *     {@code INCOMPATIBLE_SCHEMA}, {@code UNDECODABLE}
   * @param message one sentence for a person
   */
  record Unreadable(String reason, String message) implements EventReading {}
}
