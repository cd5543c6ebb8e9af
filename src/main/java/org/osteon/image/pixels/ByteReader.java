package org.osteon.image.pixels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.osteon.image.RejectedImageException;

/**
 * Unsigned numbers out of a file; reading behind its end is a truncated image, no exception of
 * Java's.
 */
public final class ByteReader {
  private final ByteBuffer bytes;

  public ByteReader(byte[] bytes, ByteOrder order) {
    this(ByteBuffer.wrap(bytes).order(order));
  }

  private ByteReader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** A window on the same bytes with offsets of its own. */
  public ByteReader slice(long from, long length, ByteOrder order) throws RejectedImageException {
    require(from, length);
    return new ByteReader(bytes.slice((int) from, (int) length).order(order));
  }

  public ByteReader ordered(ByteOrder order) {
    return new ByteReader(bytes.duplicate().order(order));
  }

  public int length() {
    return bytes.limit();
  }

  public ByteOrder order() {
    return bytes.order();
  }

  /** A copy of some bytes. */
  public byte[] bytes(long at, long length) throws RejectedImageException {
    require(at, length);
    byte[] copy = new byte[(int) length];
    bytes.get((int) at, copy);
    return copy;
  }

  public int u8(long at) throws RejectedImageException {
    require(at, 1);
    return bytes.get((int) at) & 0xFF;
  }

  public int u16(long at) throws RejectedImageException {
    require(at, 2);
    return bytes.getShort((int) at) & 0xFFFF;
  }

  public long u32(long at) throws RejectedImageException {
    require(at, 4);
    return bytes.getInt((int) at) & 0xFFFF_FFFFL;
  }

  public void require(long at, long length) throws RejectedImageException {
    if (at < 0 || length < 0 || at + length > bytes.limit()) {
      throw RejectedImageException.truncated(
          "The file ends at byte %d where more was announced.".formatted(bytes.limit()));
    }
  }

  public static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
