package org.osteon.event;

/** The stable codes of records that cannot be read. */
public enum ReadFault {
  /** No value, or one of no bytes. */
  EMPTY_RECORD,
  /** Not Confluent's framing: the first byte is not 0, or there are fewer than five. */
  UNKNOWN_MAGIC,
  /** The registry is there and knows no schema of that id. */
  UNKNOWN_SCHEMA,
  /** The schema is known and cannot be read as an XRayEvent. */
  INCOMPATIBLE_SCHEMA,
  /** The bytes are not what the schema says. */
  UNDECODABLE;

  public EventReading.Unreadable because(String message) {
    return new EventReading.Unreadable(name(), message);
  }
}
