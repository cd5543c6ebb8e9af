package org.osteon.event;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** UIDs for what has none of its own. */
public final class DicomUid {
  private DicomUid() {}

  /**
   * A UID under 2.25, DICOM's root for UUIDs written as one decimal number (PS3.5 B.2); the same
   * name gives the same UID.
   */
  public static String of(String name) {
    UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    return "2.25." + new BigInteger(1, bytes);
  }
}
