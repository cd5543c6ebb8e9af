package org.osteon.event;

/** What became of the bytes of one record. */
public sealed interface EventReading {
  /**
   * An event.
   *
   * @param event its image's buffer is a view into the record's own bytes
   */
  record Read(XRayEvent event) implements EventReading {}

  /**
   * Bytes that no retry will turn into an event: a dead letter of stage {@link Stage#DESERIALIZE}.
   *
   * @param reason a stable code, one of {@link ReadFault}
   * @param message one sentence for a person; no patient data
   */
  record Unreadable(String reason, String message) implements EventReading {}
}
