package org.osteon.dimse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.osteon.dimse.pdu.Uid;

/** Makes a file of a data set: preamble and meta header before it (PS3.10 section 7.1). */
public final class PartTen {
  private static final int PREAMBLE = 128;

  private PartTen() {}

  /**
   * @param dataSet in that transfer syntax
   */
  public static byte[] file(
      String sopClass, String sopInstance, String transferSyntax, byte[] dataSet) {
    byte[][] values = {
      padded(sopClass), padded(sopInstance), padded(transferSyntax), padded(Uid.IMPLEMENTATION)
    };
    int[] elements = {0x02, 0x03, 0x10, 0x12};
    int length = 14;
    for (byte[] value : values) {
      length += 8 + value.length;
    }
    ByteBuffer file =
        ByteBuffer.allocate(PREAMBLE + 16 + length + dataSet.length).order(ByteOrder.LITTLE_ENDIAN);
    file.position(PREAMBLE).put("DICM".getBytes(StandardCharsets.US_ASCII));
    element(file, 0x00, "UL", 4).putInt(length);
    element(file, 0x01, "OB", 0).putInt(2).put((byte) 0).put((byte) 1);
    for (int i = 0; i < values.length; i++) {
      element(file, elements[i], "UI", values[i].length).put(values[i]);
    }
    return file.put(dataSet).array();
  }

  private static ByteBuffer element(ByteBuffer file, int element, String vr, int length) {
    return file.putShort((short) 2)
        .putShort((short) element)
        .put(vr.getBytes(StandardCharsets.US_ASCII))
        .putShort((short) length);
  }

  private static byte[] padded(String uid) {
    byte[] bytes = uid.getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
  }
}
