package org.osteon.dimse.pdu;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The items of which both sides of an association are made (PS3.8 section 9.3.2). */
public final class Items {
  private Items() {}

  /** An AE title, 16 characters. */
  public static byte[] title(String title) {
    return ascii((title + " ".repeat(16)).substring(0, 16));
  }

  public static byte[] item(int type, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) type)
        .put((byte) 0)
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  /** Our longest P-DATA, and who we are. */
  public static byte[] userInformation() {
    ByteArrayOutputStream user = new ByteArrayOutputStream();
    user.writeBytes(item(0x51, ByteBuffer.allocate(4).putInt(Pdu.LONGEST_DATA).array()));
    user.writeBytes(item(0x52, ascii(Uid.IMPLEMENTATION)));
    user.writeBytes(item(0x55, ascii(Uid.VERSION)));
    return user.toByteArray();
  }

  /** SCP/SCU Role Selection: who asked for the association is the provider of that class. */
  public static byte[] providerRole(String sopClass) {
    byte[] uid = ascii(sopClass);
    return item(
        0x54,
        ByteBuffer.allocate(4 + uid.length)
            .putShort((short) uid.length)
            .put(uid)
            .put((byte) 0)
            .put((byte) 1)
            .array());
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
