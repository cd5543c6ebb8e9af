package org.osteon.image.jpeg;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.osteon.image.RejectedImageException;

/** Bits of one restart interval, its byte stuffing taken out, read and then written again. */
final class ScanBits {
  private final byte[] bytes;
  private final long end;
  private long at;

  private ScanBits(byte[] bytes, int length) {
    this.bytes = bytes;
    this.end = 8L * length;
  }

  /**
   * @param from the first byte behind a scan's header or a restart marker
   * @param to the marker that ends the interval
   */
  static ScanBits of(byte[] jpeg, int from, int to) {
    // Two more, so that looking ahead needs no check.
    byte[] bytes = new byte[to - from + 3];
    int length = 0;
    for (int i = from; i < to; i++) {
      bytes[length++] = jpeg[i];
      if (jpeg[i] == (byte) 0xFF) {
        i++;
      }
    }
    return new ScanBits(bytes, length);
  }

  /** The next sixteen bits, with whatever lies behind the end. */
  int ahead() {
    int i = (int) (at >>> 3);
    if (at >= end) {
      return 0;
    }
    int three = (bytes[i] & 0xFF) << 16 | (bytes[i + 1] & 0xFF) << 8 | (bytes[i + 2] & 0xFF);
    return three >>> (8 - (int) (at & 7)) & 0xFFFF;
  }

  void skip(int bits) throws RejectedImageException {
    at += bits;
    if (at > end) {
      throw RejectedImageException.truncated("The JPEG's scan ends before its pixels.");
    }
  }

  int take(int bits) throws RejectedImageException {
    int value = bits == 0 ? 0 : ahead() >>> (16 - bits);
    skip(bits);
    return value;
  }

  /** What was read and no more, filled up with ones and stuffed (ITU-T T.81 section F.1.2.3). */
  void writeTo(ByteArrayOutputStream out) {
    int length = (int) ((at + 7) >>> 3);
    byte[] read = Arrays.copyOf(bytes, length);
    if ((at & 7) != 0) {
      read[length - 1] |= (byte) (0xFF >>> (at & 7));
    }
    for (byte each : read) {
      out.write(each);
      if (each == (byte) 0xFF) {
        out.write(0);
      }
    }
  }
}
