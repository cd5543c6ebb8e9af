package org.osteon.image.format;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.osteon.image.Header;

/**
 * The rows of a PNG, copied one after another (PNG specification, sections 7 to 9). Rows whose bits
 * are all pixels stay as they are filtered; others are taken out of their filters, so that bits
 * behind the last pixel and colours that no pixel has can be told from the rest.
 */
final class PngRows {
  /** Adam7: where each pass begins and how far apart its pixels lie, across and down. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final int bits;
  private final boolean indexed;
  private final boolean interlaced;
  private final Header header;
  private final int pixelBits;
  private final boolean[] usedColours = new boolean[256];

  PngRows(int bits, int colour, boolean interlaced, Header header) {
    this.bits = bits;
    this.indexed = colour == 3;
    this.interlaced = interlaced;
    this.header = header;
    int samples = colour == 2 ? 3 : colour == 4 ? 2 : colour == 6 ? 4 : 1;
    this.pixelBits = samples * bits;
  }

  /** Once copied: the indices that pixels have; none where they have none. */
  boolean[] usedColours() {
    return usedColours;
  }

  /**
   * Copies the rows and what lies behind them not.
   *
   * @throws java.io.EOFException there are fewer
   */
  void copy(DataInputStream from, OutputStream to) throws IOException {
    if (!interlaced) {
      pass(header.width(), header.height(), from, to);
      return;
    }
    for (int[] each : PASSES) {
      long columns = (header.width() - each[0] + each[2] - 1) / each[2];
      long rows = (header.height() - each[1] + each[3] - 1) / each[3];
      if (columns > 0 && rows > 0) {
        pass(columns, rows, from, to);
      }
    }
  }

  private void pass(long columns, long rows, DataInputStream from, OutputStream to)
      throws IOException {
    int length = Math.toIntExact((columns * pixelBits + 7) / 8);
    byte[] row = new byte[length];
    byte[] above = new byte[length];
    boolean whole = bits >= 8 && !indexed;
    for (long y = 0; y < rows; y++) {
      int filter = from.readUnsignedByte();
      from.readFully(row);
      if (filter > 4) {
        throw new IOException("There is no such filter.");
      }
      if (whole) {
        to.write(filter);
      } else {
        unfilter(filter, row, above);
        clean(row, columns);
        to.write(0);
      }
      to.write(row);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  /** Sections 9.2 and 9.4; of pixels that take a byte at most, so the left one is one byte back. */
  private static void unfilter(int filter, byte[] row, byte[] above) {
    for (int i = 0; i < row.length; i++) {
      int left = i == 0 ? 0 : row[i - 1] & 0xFF;
      int up = above[i] & 0xFF;
      int corner = i == 0 ? 0 : above[i - 1] & 0xFF;
      row[i] +=
          (byte)
              switch (filter) {
                case 1 -> left;
                case 2 -> up;
                case 3 -> (left + up) / 2;
                case 4 -> paeth(left, up, corner);
                default -> 0;
              };
    }
  }

  private static int paeth(int left, int up, int corner) {
    int toLeft = Math.abs(up - corner);
    int toUp = Math.abs(left - corner);
    int toCorner = Math.abs(left + up - 2 * corner);
    return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
  }

  private void clean(byte[] row, long columns) {
    int over = (int) (8L * row.length - columns * bits);
    row[row.length - 1] &= (byte) (0xFF << over);
    int mask = (1 << bits) - 1;
    for (long x = 0; indexed && x < columns; x++) {
      long at = x * bits;
      usedColours[row[(int) (at >> 3)] >> (8 - bits - (int) (at & 7)) & mask] = true;
    }
  }
}
