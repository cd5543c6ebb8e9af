package org.osteon.dataset.split;

import java.util.Arrays;

/**
 * What stays of a picture when it is scaled, turned, mirrored or saved again: a perceptual hash to
 * find candidates, and a thumbnail to be sure.
 *
 * @param hashes 256 bits for each of the eight ways to turn and mirror it, as it is first: of the
 *     16 × 16 lowest frequencies of the thumbnail's discrete cosine transform, which are above
 *     their median (Zauner's pHash, 16 a side instead of 8)
 * @param thumbnail {@code uint8 [32, 32]}; empty where the picture is flat
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its own methods only
public record Fingerprint(long[][] hashes, byte[] thumbnail) {
  /** Rows and columns of the thumbnail. */
  static final int SIDE = 32;

  private static final int TURNS = 8;
  private static final int LOW = 16;
  private static final float[][] COSINES = cosines();

  /**
   * @param pixels {@code uint8 [32, 32]}
   */
  public static Fingerprint of(byte[] pixels) {
    float[] values = normalised(pixels);
    if (values.length == 0) {
      return new Fingerprint(new long[TURNS][LOW * LOW / Long.SIZE], new byte[0]);
    }
    long[][] hashes = new long[TURNS][];
    for (int turn = 0; turn < TURNS; turn++) {
      hashes[turn] = hash(turned(values, turn));
    }
    return new Fingerprint(hashes, pixels);
  }

  /** Mean 0 and length 1; empty under half a grey level of deviation: nothing to compare. */
  private static float[] normalised(byte[] pixels) {
    float[] values = new float[pixels.length];
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xFF;
      mean += values[i] / values.length;
    }
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] -= (float) mean;
      squares += values[i] * values[i];
    }
    if (squares < 0.25 * values.length) {
      return new float[0];
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; i < values.length; i++) {
      values[i] /= length;
    }
    return values;
  }

  /** The way to turn the other, 0 to 7, that brings its hash closest to this one. */
  int closestTurn(Fingerprint other) {
    int closest = 0;
    for (int turn = 1; turn < TURNS; turn++) {
      if (distance(other, turn) < distance(other, closest)) {
        closest = turn;
      }
    }
    return closest;
  }

  /** How many of the 256 bits differ when the other is turned. */
  int distance(Fingerprint other, int turn) {
    long[] mine = hashes[0];
    long[] theirs = other.hashes[turn];
    int bits = 0;
    for (int i = 0; i < mine.length; i++) {
      bits += Long.bitCount(mine[i] ^ theirs[i]);
    }
    return bits;
  }

  /**
   * Pearson's correlation of the thumbnails when the other is turned, from -1 to 1; 0 where one of
   * them is flat.
   */
  double correlation(Fingerprint other, int turn) {
    if (thumbnail.length == 0 || other.thumbnail.length == 0) {
      return 0;
    }
    float[] mine = normalised(thumbnail);
    float[] theirs = turned(normalised(other.thumbnail), turn);
    double sum = 0;
    for (int i = 0; i < mine.length; i++) {
      sum += mine[i] * theirs[i];
    }
    return sum;
  }

  /** Bit 0 mirrors columns, bit 1 mirrors rows, bit 2 swaps rows and columns. */
  private static float[] turned(float[] values, int turn) {
    float[] result = new float[values.length];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int column = (turn & 1) == 0 ? x : SIDE - 1 - x;
        int row = (turn & 2) == 0 ? y : SIDE - 1 - y;
        result[y * SIDE + x] =
            (turn & 4) == 0 ? values[row * SIDE + column] : values[column * SIDE + row];
      }
    }
    return result;
  }

  private static long[] hash(float[] values) {
    float[] low = lowFrequencies(values);
    float[] sorted = low.clone();
    Arrays.sort(sorted);
    float median = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    long[] hash = new long[low.length / Long.SIZE];
    for (int i = 0; i < low.length; i++) {
      if (low[i] > median) {
        hash[i / Long.SIZE] |= 1L << (i % Long.SIZE);
      }
    }
    return hash;
  }

  /** Two passes, columns and then rows, as the transform separates. */
  private static float[] lowFrequencies(float[] values) {
    float[] half = new float[LOW * SIDE];
    for (int v = 0; v < LOW; v++) {
      for (int x = 0; x < SIDE; x++) {
        for (int y = 0; y < SIDE; y++) {
          half[v * SIDE + x] += COSINES[v][y] * values[y * SIDE + x];
        }
      }
    }
    float[] low = new float[LOW * LOW];
    for (int v = 0; v < LOW; v++) {
      for (int u = 0; u < LOW; u++) {
        for (int x = 0; x < SIDE; x++) {
          low[v * LOW + u] += COSINES[u][x] * half[v * SIDE + x];
        }
      }
    }
    return low;
  }

  private static float[][] cosines() {
    float[][] cosines = new float[LOW][SIDE];
    for (int u = 0; u < LOW; u++) {
      for (int x = 0; x < SIDE; x++) {
        cosines[u][x] = (float) Math.cos(Math.PI * u * (2 * x + 1) / (2 * SIDE));
      }
    }
    return cosines;
  }
}
