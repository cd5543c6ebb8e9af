package org.osteon.image.format;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.osteon.image.RejectedImageException;

/**
 * Whether compressed strips hold the rows that they should, no fewer and no more: libtiff paints
 * what it cannot decode in some grey, and says nothing.
 */
final class TiffStrips {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int CODES = 4096;

  private TiffStrips() {}

  /**
   * @param strip its bytes
   * @param compression 5, 8, 32946 or 32773
   * @param rowBytes bytes of a row
   * @param rows of the strip
   */
  static void check(byte[] strip, int compression, long rowBytes, long rows)
      throws RejectedImageException {
    boolean whole =
        switch (compression) {
          case 5 -> lzw(strip, rowBytes * rows);
          case 32773 -> packBits(strip, rowBytes, rows);
          default -> deflate(strip, rowBytes * rows);
        };
    if (!whole) {
      throw RejectedImageException.corrupt("A TIFF strip does not hold its rows.");
    }
  }

  /** TIFF 6.0 section 13: lengths alone, since what is painted is for the decoder. */
  private static boolean lzw(byte[] strip, long wanted) {
    int[] lengths = new int[CODES + 1];
    java.util.Arrays.fill(lengths, 0, CLEAR, 1);
    long done = 0;
    int next = END + 1;
    int width = 9;
    int before = CLEAR;
    long bit = 0;
    while (done < wanted) {
      int code = code(strip, bit, width);
      if (code < 0 || code == END || (bit == 0 && code != CLEAR)) {
        return false;
      }
      bit += width;
      if (code == CLEAR) {
        next = END + 1;
        width = 9;
      } else {
        boolean first = before == CLEAR;
        if (first ? code > 255 : code > next || next >= CODES) {
          return false;
        }
        if (!first) {
          lengths[next] = lengths[before] + 1;
          next++;
        }
        done += lengths[code];
        // One earlier than the codes need it, as all writers have it.
        width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
      }
      before = code;
    }
    return done == wanted;
  }

  private static int code(byte[] strip, long bit, int width) {
    if (bit + width > 8L * strip.length) {
      return -1;
    }
    int code = 0;
    for (int i = 0; i < width; i++) {
      code = code << 1 | strip[(int) ((bit + i) >>> 3)] >> (7 - (int) ((bit + i) & 7)) & 1;
    }
    return code;
  }

  /** TIFF 6.0 section 9: each row by itself, and no run goes beyond it. */
  private static boolean packBits(byte[] strip, long rowBytes, long rows) {
    int at = 0;
    for (long y = 0; y < rows; y++) {
      long done = 0;
      while (done < rowBytes) {
        if (at >= strip.length) {
          return false;
        }
        int n = strip[at++];
        if (n != -128) {
          done += n >= 0 ? n + 1 : 1 - n;
          at += n >= 0 ? n + 1 : 1;
        }
      }
      if (done > rowBytes || at > strip.length) {
        return false;
      }
    }
    return strip.length - at <= 1;
  }

  private static boolean deflate(byte[] strip, long wanted) {
    Inflater inflater = new Inflater();
    inflater.setInput(strip);
    byte[] some = new byte[1 << 16];
    long done = 0;
    try {
      for (int n = inflater.inflate(some); n > 0 && done <= wanted; n = inflater.inflate(some)) {
        done += n;
      }
      return done == wanted && inflater.finished();
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }
}
