package org.osteon.image.jpeg;

import java.nio.ByteOrder;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/** Steps through the marker segments of a JPEG file, over the entropy-coded data between them. */
public final class JpegSegments {
  static final int EOI = 0xD9;
  static final int SOS = 0xDA;

  private final byte[] bytes;
  private final ByteReader in;
  private int next = 2;
  private int marker;
  private int start = 2;
  private int headerEnd = 2;
  private long scanBytes;

  public JpegSegments(byte[] bytes) {
    this.bytes = bytes;
    this.in = new ByteReader(bytes, ByteOrder.BIG_ENDIAN);
  }

  /** The second byte of the current marker. */
  public int marker() {
    return marker;
  }

  /** Where the marker's two bytes begin. */
  public int start() {
    return start;
  }

  /** Behind the segment and, for a scan, behind its entropy-coded data. */
  public int end() {
    return next;
  }

  /** Where the payload begins, behind marker and length. */
  public int payload() {
    return start + 4;
  }

  /** Behind the segment itself, where a scan's entropy-coded data begins. */
  int headerEnd() {
    return headerEnd;
  }

  /** Bytes of entropy-coded data so far. */
  long scanBytes() {
    return scanBytes;
  }

  public ByteReader in() {
    return in;
  }

  /**
   * Goes to the next segment.
   *
   * @return false at the end-of-image marker
   * @throws RejectedImageException where the file ends before that marker
   */
  public boolean advance() throws RejectedImageException {
    start = nextMarker(next);
    marker = bytes[start + 1] & 0xFF;
    if (marker == EOI) {
      next = start + 2;
      return false;
    }
    if (marker == 0x01) {
      next = start + 2;
      return true;
    }
    int length = in.u16(start + 2L);
    if (length < 2) {
      throw RejectedImageException.corrupt("A JPEG segment has an impossible length.");
    }
    in.require(start + 2L, length);
    next = start + 2 + length;
    headerEnd = next;
    if (marker == SOS) {
      int data = next;
      next = nextMarker(next);
      scanBytes += next - data;
    }
    return true;
  }

  /** The same from an offset on, for who knows better where a scan ends. */
  boolean advanceFrom(int at) throws RejectedImageException {
    next = at;
    return advance();
  }

  /** Over entropy-coded data, restart markers, fill bytes and, as libjpeg does, over garbage. */
  private int nextMarker(int from) throws RejectedImageException {
    for (int at = from; at + 1 < bytes.length; at++) {
      if (bytes[at] == (byte) 0xFF) {
        int code = bytes[at + 1] & 0xFF;
        if (code != 0x00 && code != 0xFF && !(code >= 0xD0 && code <= 0xD8)) {
          return at;
        }
      }
    }
    throw RejectedImageException.truncated("The JPEG ends without its end marker.");
  }
}
