package org.osteon.dataset;

import java.util.Arrays;

/**
 * What stays of a picture when it is scaled, padded a little or saved again: a perceptual hash to
 * find candidates, and a thumbnail to be sure.
 *
 * @param hash 256 bits: of the 16 × 16 lowest frequencies of the thumbnail's discrete cosine
 *     transform, which are above their median (Zauner's pHash, 16 a side instead of 8)
 * @param thumbnail {@code float [32, 32]}, mean 0 and length 1; empty where the picture is flat
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its own methods only
record Fingerprint(long[] hash, float[] thumbnail) {
  /** Rows and columns of the thumbnail. */
  static final int SIDE = 32;

  private static final int LOW = 16;
  private static final float[][] COSINES = cosines();

  /**
   * @param pixels {@code uint8 [32, 32]}
   */
  static Fingerprint of(byte[] pixels) {
    float[] values = new float[SIDE * SIDE];
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
    // Under half a grey level of deviation there is nothing to compare.
    if (squares < 0.25 * values.length) {
      return new Fingerprint(new long[LOW * LOW / Long.SIZE], new float[0]);
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; i < values.length; i++) {
      values[i] /= length;
    }
    return new Fingerprint(hash(values), values);
  }

  /** How many of the 256 bits differ. */
  int distance(Fingerprint other) {
    int bits = 0;
    for (int i = 0; i < hash.length; i++) {
      bits += Long.bitCount(hash[i] ^ other.hash[i]);
    }
    return bits;
  }

  /** Pearson's correlation of the thumbnails, from -1 to 1; 0 where one of them is flat. */
  double correlation(Fingerprint other) {
    double sum = 0;
    for (int i = 0; i < Math.min(thumbnail.length, other.thumbnail.length); i++) {
      sum += thumbnail[i] * other.thumbnail[i];
    }
    return sum;
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
