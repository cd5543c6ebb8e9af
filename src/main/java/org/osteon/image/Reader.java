package org.osteon.image;

/**
 * Integers out of bytes; beyond the end is a truncated file, not an exception of Java's.
 *
 * <p><b>Threading.</b> One thread.
 */
final class Reader {
  private final byte[] bytes;
  private final String format;
  private boolean littleEndian;

  Reader(byte[] bytes, String format, boolean littleEndian) {
    this.bytes = bytes;
    this.format = format;
    this.littleEndian = littleEndian;
  }

  void littleEndian(boolean value) {
    littleEndian = value;
  }

  int u8(long at) throws FaultException {
    need(at, 1);
    return Byte.toUnsignedInt(bytes[(int) at]);
  }

  int u16(long at) throws FaultException {
    int a = u8(at);
    int b = u8(at + 1);
    return littleEndian ? b << 8 | a : a << 8 | b;
  }

  long u32(long at) throws FaultException {
    long a = u16(at);
    long b = u16(at + 2);
    return littleEndian ? b << 16 | a : a << 16 | b;
  }

  int i32(long at) throws FaultException {
    return (int) u32(at);
  }

  boolean ascii(long at, String text) {
    if (at < 0 || at + text.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[(int) at + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  void need(long at, long count) throws FaultException {
    if (at < 0 || count < 0 || at + count > bytes.length) {
      throw FaultException.truncated(format);
    }
  }

  int length() {
    return bytes.length;
  }

  static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (magic[i] >= 0 && Byte.toUnsignedInt(bytes[i]) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
