package org.osteon.gateway;

import static org.osteon.gateway.Marks.ascii;
import static org.osteon.gateway.Marks.element;
import static org.osteon.gateway.Marks.even;
import static org.osteon.gateway.Marks.implicit;
import static org.osteon.gateway.Marks.joined;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What DICOM files to be marked are made of: small, grey and without a patient. */
final class DicomParts {
  static final int SIDE = 64;
  static final String RAW = "1.2.840.10008.1.2.1";
  static final String JPEG = "1.2.840.10008.1.2.4.50";
  static final String RLE = "1.2.840.10008.1.2.5";

  private DicomParts() {}

  static byte[] ramp(int mask) {
    byte[] pixels = new byte[2 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      pixels[2 * i] = (byte) (i * 37 & mask);
      pixels[2 * i + 1] = (byte) ((i * 37 & mask) >> 8);
    }
    return pixels;
  }

  /** One segment of literal runs of 128, the last of 64 and 64. */
  static byte[] rle() {
    ByteBuffer out =
        ByteBuffer.allocate(64 + SIDE * SIDE + SIDE * SIDE / 128 + 1)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(1).putInt(64).position(64);
    int at = 0;
    while (at < SIDE * SIDE) {
      int run = SIDE * SIDE - at > 128 ? 128 : 64;
      out.put((byte) (run - 1));
      for (int i = 0; i < run; i++, at++) {
        out.put((byte) (at * 13));
      }
    }
    return out.array();
  }

  static byte[] encapsulated(byte[]... fragments) {
    byte[] items = implicit(0xFFFEE000, new byte[0]);
    for (byte[] fragment : fragments) {
      items = joined(items, implicit(0xFFFEE000, even(fragment)));
    }
    return undefined(items);
  }

  static byte[] undefined(byte[] items) {
    byte[] begin = element(0x7FE00010, "OB", new byte[0]);
    Arrays.fill(begin, 8, 12, (byte) 0xFF);
    return joined(begin, items, implicit(0xFFFEE0DD, new byte[0]));
  }

  static byte[] raw16(byte[] more, byte[] pixels) {
    return file(RAW, SIDE, SIDE, 16, joined(more, pixels));
  }

  static byte[] file(String syntax, int rows, int columns, int bits, byte[] pixels) {
    return joined(meta(syntax), header(rows, columns, bits), pixels);
  }

  static byte[] meta(String syntax) {
    return joined(new byte[128], ascii("DICM"), element(0x00020010, "UI", even(ascii(syntax))));
  }

  static byte[] header(int rows, int columns, int bits) {
    return joined(
        element(0x00080016, "UI", even(ascii("1.2.840.10008.5.1.4.1.1.1.1"))),
        element(0x00080018, "UI", even(ascii("2.25.4711"))),
        element(0x00080060, "CS", ascii("DX")),
        element(0x0020000D, "UI", even(ascii("2.25.4712"))),
        element(0x0020000E, "UI", even(ascii("2.25.4713"))),
        number(0x00280002, 1),
        element(0x00280004, "CS", even(ascii("MONOCHROME2"))),
        number(0x00280010, rows),
        number(0x00280011, columns),
        number(0x00280100, bits),
        number(0x00280101, bits == 16 ? 12 : 8),
        number(0x00280102, bits == 16 ? 11 : 7),
        number(0x00280103, 0));
  }

  static byte[] number(int tag, int value) {
    return element(tag, "US", new byte[] {(byte) value, (byte) (value >> 8)});
  }
}
