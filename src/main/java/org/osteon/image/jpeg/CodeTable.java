package org.osteon.image.jpeg;

import java.io.ByteArrayOutputStream;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * A Huffman table that remembers which of its symbols a scan used, and is written with no other.
 */
final class CodeTable {
  private static final int LENGTHS = 16;

  private final int[] counts = new int[LENGTHS];
  private final int[] symbols;
  private final boolean[] used;

  /**
   * By the next sixteen bits: length of the code and index of its symbol; 0 where there is none.
   */
  private final int[] codes = new int[1 << LENGTHS];

  private CodeTable(int symbols) {
    this.symbols = new int[symbols];
    this.used = new boolean[symbols];
  }

  /** Reads the counts of each length and the symbols behind them. */
  static CodeTable read(ByteReader in, long at) throws RejectedImageException {
    int total = 0;
    for (int i = 0; i < LENGTHS; i++) {
      total += in.u8(at + i);
    }
    if (total == 0 || total > 256) {
      throw RejectedImageException.corrupt("A JPEG Huffman table holds %d codes.".formatted(total));
    }
    CodeTable table = new CodeTable(total);
    int code = 0;
    int index = 0;
    for (int length = 1; length <= LENGTHS; length++) {
      int count = in.u8(at + length - 1);
      table.counts[length - 1] = count;
      int span = 1 << (LENGTHS - length);
      if (code + count * span > 1 << LENGTHS) {
        throw RejectedImageException.corrupt("A JPEG Huffman table holds too many codes.");
      }
      for (int i = 0; i < count; i++, index++) {
        table.symbols[index] = in.u8(at + LENGTHS + index);
        java.util.Arrays.fill(table.codes, code, code + span, length << 16 | index);
        code += span;
      }
    }
    return table;
  }

  /** Bytes that the table takes in a file. */
  int bytes() {
    return LENGTHS + symbols.length;
  }

  int next(ScanBits bits) throws RejectedImageException {
    int code = codes[bits.ahead()];
    if (code == 0) {
      throw RejectedImageException.corrupt("The JPEG holds a code that its tables do not.");
    }
    bits.skip(code >>> 16);
    used[code & 0xFFFF] = true;
    return symbols[code & 0xFFFF];
  }

  /** The table, with zero in the place of every symbol that was not used since the last time. */
  void writeTo(ByteArrayOutputStream out, int classAndId) {
    int length = 3 + bytes();
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xC4, (byte) (length >> 8), (byte) length});
    out.write(classAndId);
    for (int count : counts) {
      out.write(count);
    }
    for (int i = 0; i < symbols.length; i++) {
      out.write(used[i] ? symbols[i] : 0);
      used[i] = false;
    }
  }
}
