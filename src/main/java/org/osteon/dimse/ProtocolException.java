package org.osteon.dimse;

import java.io.IOException;

/**
 * The peer broke the protocol; the association is aborted with the reason (PS3.8 section 9.3.8).
 */
final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  static final int UNRECOGNISED_PDU = 1;
  static final int UNEXPECTED_PDU = 2;
  static final int INVALID_PARAMETER = 6;

  private final int reason;

  ProtocolException(int reason, String message) {
    super(message);
    this.reason = reason;
  }

  int reason() {
    return reason;
  }
}
