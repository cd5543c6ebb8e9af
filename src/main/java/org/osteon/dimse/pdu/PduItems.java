package org.osteon.dimse.pdu;

import java.nio.ByteBuffer;

/** Items within the PDUs that open an association (PS3.8 section 9.3.2 and 9.3.3). */
public final class PduItems {
  private static final int MAXIMUM_LENGTH = 0x51;

  private PduItems() {}

  /** What follows an item's type: a reserved byte, its length, its bytes. */
  public static ByteBuffer next(ByteBuffer in) {
    in.get();
    int length = in.getShort() & 0xFFFF;
    ByteBuffer item = in.slice(in.position(), length);
    in.position(in.position() + length);
    return item;
  }

  /** The longest P-DATA of User Information (PS3.8 annex D.1); 0 for no limit. */
  public static long maxLength(ByteBuffer userInformation) {
    while (userInformation.hasRemaining()) {
      int type = userInformation.get();
      ByteBuffer item = next(userInformation);
      if (type == MAXIMUM_LENGTH) {
        return item.getInt() & 0xFFFF_FFFFL;
      }
    }
    return 0;
  }
}
