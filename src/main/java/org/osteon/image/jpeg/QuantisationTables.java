package org.osteon.image.jpeg;

import java.io.ByteArrayOutputStream;
import org.osteon.image.RejectedImageException;
import org.osteon.image.jpeg.JpegFrameHeader.Process;
import org.osteon.image.pixels.ByteReader;

/** Tables of DQT segments (ITU-T T.81 section B.2.4.1); those that a frame names are written. */
final class QuantisationTables {
  private final int[][] tables = new int[4][64];
  private final boolean[] wide = new boolean[4];
  private final boolean[] fresh = new boolean[4];
  private final ByteReader in;

  QuantisationTables(ByteReader in) {
    this.in = in;
  }

  /** A segment of them. */
  void read(int from, int end) throws RejectedImageException {
    for (int at = from; at < end; ) {
      boolean words = in.u8(at) >> 4 != 0;
      int id = in.u8(at) & 0xF;
      if (id > 3 || in.u8(at) >> 4 > 1 || at + (words ? 129 : 65) > end) {
        throw RejectedImageException.corrupt("A JPEG table contradicts itself.");
      }
      int[] table = new int[64];
      for (int k = 0; k < 64; k++) {
        table[k] = words ? in.u16(at + 1L + 2 * k) : in.u8(at + 1L + k);
      }
      tables[id] = table;
      wide[id] = words;
      fresh[id] = true;
      at += words ? 129 : 65;
    }
  }

  /** Those that a frame names and that were not written yet. */
  void write(JpegFrameHeader header, ByteArrayOutputStream out) {
    for (int i = 0; i < header.components(); i++) {
      int id = header.quantisation(i);
      if (!fresh[id] || header.process() == Process.LOSSLESS) {
        continue;
      }
      fresh[id] = false;
      out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDB, 0, (byte) (wide[id] ? 131 : 67)});
      out.write((wide[id] ? 0x10 : 0) | id);
      for (int each : tables[id]) {
        if (wide[id]) {
          out.write(each >> 8);
        }
        out.write(each);
      }
    }
  }
}
