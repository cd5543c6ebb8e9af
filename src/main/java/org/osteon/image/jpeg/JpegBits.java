package org.osteon.image.jpeg;

import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/** Entropy coded bits of a JPEG scan (ITU-T T.81 section F.2.2.5). */
final class JpegBits {
  private final ByteReader in;
  private long at;
  private int held;
  private int left;

  JpegBits(ByteReader in, long at) {
    this.in = in;
    this.at = at;
  }

  int bit() throws RejectedImageException {
    if (left == 0) {
      held = in.u8(at++);
      left = 8;
      if (held == 0xFF && in.u8(at++) != 0) {
        throw RejectedImageException.truncated("The JPEG's scan ends before its pixels.");
      }
    }
    left--;
    return held >> left & 1;
  }

  /** A difference or coefficient of {@code size} bits (table F.1: negative ones begin with 0). */
  int signed(int size) throws RejectedImageException {
    if (size > 16) {
      throw RejectedImageException.corrupt("A JPEG coefficient claims %d bits.".formatted(size));
    }
    int value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 1 | bit();
    }
    return size > 0 && value >> (size - 1) == 0 ? value - (1 << size) + 1 : value;
  }

  /** Goes behind the restart marker that must come here. */
  void restart() throws RejectedImageException {
    left = 0;
    int marker = in.u16(at);
    if (marker < 0xFFD0 || marker > 0xFFD7) {
      throw RejectedImageException.corrupt("A JPEG restart marker is missing.");
    }
    at += 2;
  }
}
