package org.osteon.gateway;

import org.osteon.dimse.StoreStatus;

/**
 * What became of an offer.
 *
 * @param kind whether it is stored
 * @param message one sentence, without patient data; empty where it is stored
 * @param eventId of the event, where there is one
 * @param study as it left
 * @param sopClass as it came, for DICOM
 * @param sopInstance as it came, for DICOM
 */
record Answer(
    Kind kind, String message, String eventId, String study, String sopClass, String sopInstance) {

  /** What the sender should do. */
  enum Kind {
    /** Forget it: the brokers have it. */
    STORED(0x0000, 202),
    /** Try again later. */
    AWAY(0xA700, 503),
    /** Correct it. */
    MISMATCH(0xA900, 422),
    /** Give it up. */
    NOT_UNDERSTOOD(0xC000, 415);

    private final int dimse;
    private final int http;

    Kind(int dimse, int http) {
      this.dimse = dimse;
      this.http = http;
    }

    /** Status of a C-STORE, and reason of a failure in STOW-RS. */
    int dimse() {
      return dimse;
    }

    int http() {
      return http;
    }
  }

  static Answer failed(Kind kind, String message, IncomingImage.Facts facts) {
    return new Answer(kind, message, "", "", facts.sopClass(), facts.sopInstance());
  }

  boolean stored() {
    return kind == Kind.STORED;
  }

  StoreStatus status() {
    return new StoreStatus(kind.dimse(), message);
  }
}
