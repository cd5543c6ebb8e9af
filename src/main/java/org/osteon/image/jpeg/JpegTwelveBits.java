package org.osteon.image.jpeg;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * JPEG extended, sequential, Huffman coded, 12 bits, grey (ITU-T T.81 process 4). No library that
 * is at hand for Java reads it, and radiographs come in it.
 */
public final class JpegTwelveBits {
  private static final int SIDE = 8;
  private static final int BLOCK = SIDE * SIDE;
  private static final int LARGEST = 4095;
  private static final double[] COSINES = cosines();

  /** Where the kth coefficient of the zigzag stands in its block (figure A.6). */
  private static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private final ByteReader in;
  private final int rows;
  private final int columns;
  private final int[][] quantisation = new int[4][];
  private final @Nullable HuffmanTable[] direct = new HuffmanTable[4];
  private final @Nullable HuffmanTable[] alternating = new HuffmanTable[4];
  private int restartInterval;
  private int quantisationTable = -1;

  private JpegTwelveBits(byte[] frame, int rows, int columns) {
    this.in = new ByteReader(frame, ByteOrder.BIG_ENDIAN);
    this.rows = rows;
    this.columns = columns;
  }

  /** Whether the frame header says 12 bits. */
  public static boolean claims(byte[] frame) throws RejectedImageException {
    ByteReader in = new ByteReader(frame, ByteOrder.BIG_ENDIAN);
    for (long at = 2; ; at += 2 + in.u16(at + 2)) {
      int marker = in.u16(at);
      if (marker == 0xFFC0 || marker == 0xFFC1 || marker == 0xFFC2) {
        return in.u8(at + 4) == 12;
      }
      if (marker < 0xFFC0 || marker == 0xFFDA) {
        throw RejectedImageException.corrupt("The JPEG has no frame header.");
      }
    }
  }

  /**
   * {@code int [rows × columns]}, 0 to 4095.
   *
   * @throws RejectedImageException the frame is of another size, or not such a JPEG
   */
  public static int[] decode(byte[] frame, int rows, int columns) throws RejectedImageException {
    return new JpegTwelveBits(frame, rows, columns).decode();
  }

  private int[] decode() throws RejectedImageException {
    long at = 2;
    while (true) {
      int marker = in.u16(at);
      if (marker < 0xFFC0 || marker == 0xFFD9) {
        throw RejectedImageException.corrupt("The JPEG has no scan.");
      }
      long end = at + 2 + in.u16(at + 2);
      switch (marker) {
        case 0xFFC1 -> frame(at + 4);
        case 0xFFC4 -> huffman(at + 4, end);
        case 0xFFDB -> quantisation(at + 4, end);
        case 0xFFDD -> restartInterval = in.u16(at + 4);
        case 0xFFDA -> {
          return scan(at + 4, end);
        }
        case 0xFFC0, 0xFFC2, 0xFFC3 ->
            throw RejectedImageException.unsupported("This JPEG process of 12 bits is not read.");
        default -> {
          // Comments and applications' own.
        }
      }
      at = end;
    }
  }

  private void frame(long at) throws RejectedImageException {
    if (in.u16(at + 1) != rows || in.u16(at + 3) != columns) {
      throw RejectedImageException.corrupt("The JPEG is of another size than the DICOM header's.");
    }
    if (in.u8(at + 5) != 1) {
      throw RejectedImageException.unsupported("Colours of 12 bits are not read.");
    }
    quantisationTable = in.u8(at + 8);
  }

  private void quantisation(long from, long end) throws RejectedImageException {
    for (long at = from; at < end; ) {
      boolean wide = in.u8(at) >> 4 != 0;
      int[] table = new int[BLOCK];
      int id = slot(in.u8(at));
      for (int k = 0; k < BLOCK; k++) {
        table[k] = wide ? in.u16(at + 1 + 2L * k) : in.u8(at + 1 + k);
      }
      quantisation[id] = table;
      at += 1 + (wide ? 2L : 1L) * BLOCK;
    }
  }

  private void huffman(long from, long end) throws RejectedImageException {
    for (long at = from; at < end; ) {
      HuffmanTable table = HuffmanTable.read(in, at + 1);
      (in.u8(at) >> 4 == 0 ? direct : alternating)[slot(in.u8(at))] = table;
      at += 1 + table.bytes();
    }
  }

  private static int slot(int byteWithId) throws RejectedImageException {
    int id = byteWithId & 0xF;
    if (id > 3) {
      throw RejectedImageException.corrupt("The JPEG names a table that does not exist.");
    }
    return id;
  }

  private int[] scan(long at, long end) throws RejectedImageException {
    if (in.u8(at) != 1 || quantisationTable < 0) {
      throw RejectedImageException.corrupt("The JPEG's scan does not fit its frame.");
    }
    int[] steps = quantisationTable > 3 ? null : quantisation[quantisationTable];
    HuffmanTable dc = direct[slot(in.u8(at + 2) >> 4)];
    HuffmanTable ac = alternating[slot(in.u8(at + 2))];
    if (steps == null || dc == null || ac == null) {
      throw RejectedImageException.corrupt("The JPEG lacks a table that its scan names.");
    }
    JpegBits bits = new JpegBits(in, end);
    int[] values = new int[rows * columns];
    double[] block = new double[BLOCK];
    int across = (columns + SIDE - 1) / SIDE;
    int blocks = across * ((rows + SIDE - 1) / SIDE);
    int predictor = 0;
    for (int i = 0; i < blocks; i++) {
      if (restartInterval > 0 && i > 0 && i % restartInterval == 0) {
        bits.restart();
        predictor = 0;
      }
      java.util.Arrays.fill(block, 0);
      predictor += bits.signed(dc.next(bits));
      block[0] = (double) predictor * steps[0];
      coefficients(bits, ac, steps, block);
      put(block, values, i / across * SIDE, i % across * SIDE);
    }
    return values;
  }

  private static void coefficients(JpegBits bits, HuffmanTable ac, int[] steps, double[] block)
      throws RejectedImageException {
    for (int k = 1; k < BLOCK; k++) {
      int symbol = ac.next(bits);
      int size = symbol & 0xF;
      if (size == 0 && symbol >> 4 != 15) {
        return;
      }
      k += symbol >> 4;
      if (k >= BLOCK) {
        throw RejectedImageException.corrupt("A JPEG block has too many coefficients.");
      }
      if (size > 0) {
        block[ZIGZAG[k]] = (double) bits.signed(size) * steps[k];
      }
    }
  }

  /** The inverse cosine transform (section A.3.3), rows and then columns, and the level shift. */
  private void put(double[] block, int[] values, int top, int left) {
    double[] half = new double[BLOCK];
    for (int v = 0; v < SIDE; v++) {
      for (int x = 0; x < SIDE; x++) {
        double sum = 0;
        for (int u = 0; u < SIDE; u++) {
          sum += block[v * SIDE + u] * COSINES[x * SIDE + u];
        }
        half[v * SIDE + x] = sum;
      }
    }
    for (int y = 0; y < SIDE && top + y < rows; y++) {
      for (int x = 0; x < SIDE && left + x < columns; x++) {
        double sum = 0;
        for (int v = 0; v < SIDE; v++) {
          sum += half[v * SIDE + x] * COSINES[y * SIDE + v];
        }
        int value = (int) Math.round(sum) + (LARGEST + 1) / 2;
        values[(top + y) * columns + left + x] = Math.max(0, Math.min(LARGEST, value));
      }
    }
  }

  private static double[] cosines() {
    double[] cosines = new double[BLOCK];
    for (int x = 0; x < SIDE; x++) {
      for (int u = 0; u < SIDE; u++) {
        double scale = u == 0 ? Math.sqrt(0.125) : 0.5;
        cosines[x * SIDE + u] = scale * Math.cos((2 * x + 1) * u * Math.PI / 16);
      }
    }
    return cosines;
  }
}
