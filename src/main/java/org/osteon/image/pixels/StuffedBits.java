package org.osteon.image.pixels;

/**
 * Bits of which a byte of ones is followed by one of seven, so that no marker arises: the headers
 * of JPEG 2000's packets (ITU-T T.800 B.10.1) and JPEG-LS (T.87 A.1). Beyond the end there are
 * zeros, and {@link #ended} says so.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class StuffedBits {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int current;
  private int left;
  private boolean ended;

  /**
   * @param from the first byte
   * @param end behind the last
   */
  public StuffedBits(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  public int bit() {
    if (left == 0) {
      left = current == 0xFF ? 7 : 8;
      if (at >= end) {
        ended = true;
        current = 0;
      } else {
        current = bytes[at++] & 0xFF;
      }
    }
    left--;
    return current >> left & 1;
  }

  /**
   * @param count of bits, 31 at most
   */
  public int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  /** Whether more was read than there is. */
  public boolean ended() {
    return ended;
  }

  /** Where the next byte lies that was not read: a byte of ones has one of stuffing behind it. */
  public int behind() {
    return current == 0xFF && at < end ? at + 1 : at;
  }
}
