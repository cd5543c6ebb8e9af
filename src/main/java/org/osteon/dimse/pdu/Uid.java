package org.osteon.dimse.pdu;

/** UIDs of PS3.6 annex A that the network itself knows, and Osteon's own. */
public final class Uid {
  /** DICOM Application Context Name. */
  public static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  /** Verification SOP Class: C-ECHO. */
  public static final String VERIFICATION = "1.2.840.10008.1.1";

  /** Implicit VR little endian: what everyone must be able to speak. */
  public static final String IMPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2";

  /** Osteon's implementation class, derived from a UUID (PS3.5 B.2). */
  public static final String IMPLEMENTATION = "2.25.302417963480271645927188460197527031862";

  /** Osteon's implementation version name. */
  public static final String VERSION = "OSTEON_010";

  private Uid() {}
}
