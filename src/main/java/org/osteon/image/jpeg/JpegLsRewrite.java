package org.osteon.image.jpeg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * A JPEG-LS codestream (ITU-T T.87) written anew: frame, presets, scans up to their last sample. No
 * comment, no segment of an application, nothing behind its end.
 */
public final class JpegLsRewrite {
  private static final int SOF55 = 0xF7;
  private static final int LSE = 0xF8;
  private static final int SOS = 0xDA;
  private static final int EOI = 0xD9;

  /** Of an LSE with coding parameters, behind its marker (table C.2). */
  private static final int PRESETS = 13;

  private final ByteArrayOutputStream out;
  private final ByteReader in;
  private final byte[] source;
  private final int[] presets = new int[5];
  private int bits;
  private int rows;
  private int columns;

  private JpegLsRewrite(byte[] source) {
    this.source = source;
    this.in = new ByteReader(source, ByteOrder.BIG_ENDIAN);
    this.out = new ByteArrayOutputStream(source.length);
  }

  /**
   * @throws RejectedImageException it cannot be followed to its end
   */
  public static byte[] frame(byte[] codestream) throws RejectedImageException {
    return new JpegLsRewrite(codestream).rewrite();
  }

  private byte[] rewrite() throws RejectedImageException {
    if (in.u16(0) != 0xFFD8) {
      throw RejectedImageException.corrupt("The pixels are no JPEG-LS codestream.");
    }
    out.write(source, 0, 2);
    int at = 2;
    while (true) {
      while (in.u16(at) == 0xFFFF) {
        at++;
      }
      int marker = in.u16(at) & 0xFF;
      if (in.u8(at) != 0xFF || marker < 0x80) {
        throw RejectedImageException.corrupt("The codestream's headers cannot be followed.");
      }
      if (marker == EOI) {
        out.write(source, at, 2);
        return out.toByteArray();
      }
      int length = in.u16(at + 2L);
      if (length < 2) {
        throw RejectedImageException.corrupt("The codestream's headers cannot be followed.");
      }
      in.require(at, 2L + length);
      segment(marker, at, length);
      at += 2 + length;
      if (marker == SOS) {
        int next = behindScan(at);
        int end = new JpegLsScan(terms(at - length), source, at, next).end(columns, rows);
        out.write(source, at, end - at);
        at = next;
      }
    }
  }

  private void segment(int marker, int at, int length) throws RejectedImageException {
    switch (marker) {
      case SOF55 -> {
        bits = in.u8(at + 4L);
        rows = in.u16(at + 5L);
        columns = in.u16(at + 7L);
        exactly(at, length, 8 + 3 * in.u8(at + 9L));
      }
      case SOS -> {
        if (in.u8(at + 4L) != 1) {
          throw RejectedImageException.unsupported(
              "JPEG-LS with several components in one scan is not read.");
        }
        exactly(at, length, 8);
      }
      case LSE -> {
        if (in.u8(at + 4L) != 1) {
          throw RejectedImageException.unsupported("JPEG-LS with tables of its own is not read.");
        }
        exactly(at, length, PRESETS);
        for (int i = 0; i < presets.length; i++) {
          presets[i] = in.u16(at + 5L + 2L * i);
        }
      }
      default -> {
        if (marker < 0xE0) {
          throw RejectedImageException.unsupported(
              "JPEG-LS with marker %02X is not read.".formatted(marker));
        }
      }
    }
  }

  private void exactly(int at, int length, int meant) throws RejectedImageException {
    if (length != meant) {
      throw RejectedImageException.corrupt("A segment of the codestream contradicts itself.");
    }
    out.write(source, at, 2 + length);
  }

  /**
   * @param at the scan's header, behind its marker
   */
  private JpegLsTerms terms(int at) throws RejectedImageException {
    if (bits < 2 || bits > 16 || rows < 1 || columns < 1) {
      throw RejectedImageException.corrupt("The codestream's scan has no frame.");
    }
    return JpegLsTerms.of(bits, in.u8(at + 5L), presets);
  }

  /** The next marker: within a scan a byte of ones is followed by one below 0x80 (annex A.1). */
  private int behindScan(int from) throws RejectedImageException {
    for (int at = from; at + 1 < source.length; at++) {
      int code = source[at + 1] & 0xFF;
      if (source[at] == (byte) 0xFF && code >= 0x80 && !(code >= 0xD0 && code <= 0xD7)) {
        return at;
      }
    }
    throw RejectedImageException.truncated("The codestream ends without its end marker.");
  }
}
