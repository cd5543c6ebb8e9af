package org.osteon.image.jpeg;

import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/** A Huffman table of JPEG (ITU-T T.81 section F.2.2.3). */
final class HuffmanTable {
  private static final int LENGTHS = 16;

  private final int[] smallest = new int[LENGTHS + 1];
  private final int[] count = new int[LENGTHS + 1];
  private final int[] first = new int[LENGTHS + 1];
  private final int[] symbols;

  private HuffmanTable(int symbols) {
    this.symbols = new int[symbols];
  }

  /** Reads the counts of each length and the symbols behind them. */
  static HuffmanTable read(ByteReader in, long at) throws RejectedImageException {
    int total = 0;
    for (int length = 1; length <= LENGTHS; length++) {
      total += in.u8(at + length - 1);
    }
    if (total == 0 || total > 256) {
      throw RejectedImageException.corrupt("A JPEG Huffman table holds %d codes.".formatted(total));
    }
    HuffmanTable table = new HuffmanTable(total);
    int code = 0;
    int index = 0;
    for (int length = 1; length <= LENGTHS; length++) {
      table.count[length] = in.u8(at + length - 1);
      table.smallest[length] = code;
      table.first[length] = index;
      index += table.count[length];
      code = (code + table.count[length]) << 1;
    }
    for (int i = 0; i < total; i++) {
      table.symbols[i] = in.u8(at + LENGTHS + i);
    }
    return table;
  }

  /** Bytes that the table took in the file. */
  int bytes() {
    return LENGTHS + symbols.length;
  }

  int next(JpegBits bits) throws RejectedImageException {
    int code = 0;
    for (int length = 1; length <= LENGTHS; length++) {
      code = code << 1 | bits.bit();
      int within = code - smallest[length];
      if (within >= 0 && within < count[length]) {
        return symbols[first[length] + within];
      }
    }
    throw RejectedImageException.corrupt("The JPEG holds a code that its tables do not.");
  }
}
