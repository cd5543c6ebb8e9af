package org.osteon.dimse.pdu;

import java.io.IOException;

/**
 * The peer broke the protocol; the association is aborted with the reason (PS3.8 section 9.3.8).
 */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  public static final int UNRECOGNISED_PDU = 1;
  public static final int UNEXPECTED_PDU = 2;
  public static final int INVALID_PARAMETER = 6;

  private final int reason;

  public ProtocolException(int reason, String message) {
    super(message);
    this.reason = reason;
  }

  public int reason() {
    return reason;
  }
}
