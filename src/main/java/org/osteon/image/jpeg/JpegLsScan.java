package org.osteon.image.jpeg;

import java.util.Arrays;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.StuffedBits;

/**
 * One scan of a JPEG-LS codestream (ITU-T T.87 annex A) of one component, decoded only to find
 * where its last sample ends: no marker and no length says so.
 *
 * <p><b>Threading.</b> One thread.
 */
final class JpegLsScan {
  private static final int[] RUNS = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };
  private static final int CONTEXTS = 365;
  private static final int MOST_SHIFT = 24;

  private final JpegLsTerms terms;
  private final StuffedBits in;
  private final int[] sums = new int[CONTEXTS + 2];
  private final int[] biases = new int[CONTEXTS];
  private final int[] corrections = new int[CONTEXTS];
  private final int[] counts = new int[CONTEXTS + 2];
  private final int[] negatives = new int[2];
  private int run;

  /**
   * @param from the first byte behind the scan's header
   * @param to its end marker
   */
  JpegLsScan(JpegLsTerms terms, byte[] bytes, int from, int to) {
    this.terms = terms;
    this.in = new StuffedBits(bytes, from, to);
    Arrays.fill(sums, Math.max(2, (terms.range() + 32) / 64));
    Arrays.fill(counts, 1);
  }

  /**
   * @return where the byte lies that follows the last sample's
   * @throws RejectedImageException there are fewer samples than the frame has
   */
  int end(int width, int height) throws RejectedImageException {
    // One more on both sides: what the standard takes for the neighbours of a line's ends.
    int[] above = new int[width + 2];
    int[] line = new int[width + 2];
    for (int y = 0; y < height; y++) {
      line[0] = above[1];
      above[width + 1] = above[width];
      line(above, line, width);
      if (in.ended()) {
        throw RejectedImageException.truncated("The JPEG-LS scan ends before its pixels.");
      }
      int[] done = line;
      line = above;
      above = done;
    }
    return in.behind();
  }

  private void line(int[] above, int[] line, int width) throws RejectedImageException {
    for (int x = 1; x <= width; ) {
      int left = line[x - 1];
      int corner = above[x - 1];
      int up = above[x];
      int next = above[x + 1];
      int context =
          terms.step(next - up) * 81 + terms.step(up - corner) * 9 + terms.step(corner - left);
      if (context == 0) {
        x = run(above, line, x, width);
      } else {
        line[x] = regular(context, predicted(left, up, corner));
        x++;
      }
    }
  }

  /** The median of the neighbours and their plane (A.4.1). */
  private static int predicted(int left, int up, int corner) {
    if (corner >= Math.max(left, up)) {
      return Math.min(left, up);
    }
    return corner <= Math.min(left, up) ? Math.max(left, up) : left + up - corner;
  }

  private int regular(int signed, int predicted) throws RejectedImageException {
    int sign = signed < 0 ? -1 : 1;
    int q = Math.abs(signed);
    int value = terms.clamped(predicted + sign * corrections[q]);
    int shift = shift(counts[q], sums[q]);
    int coded = coded(shift, terms.limit());
    boolean swapped = terms.near() == 0 && shift == 0 && 2 * biases[q] <= -counts[q];
    int error = (coded & 1) == 0 ? coded / 2 : -(coded + 1) / 2;
    error = swapped ? -error - 1 : error;
    learn(q, error);
    return terms.rebuilt(value, sign * error);
  }

  /** A.6. */
  private void learn(int q, int error) {
    biases[q] += error * terms.width();
    sums[q] += Math.abs(error);
    if (counts[q] == terms.reset()) {
      sums[q] >>= 1;
      biases[q] >>= 1;
      counts[q] >>= 1;
    }
    counts[q]++;
    if (biases[q] <= -counts[q]) {
      biases[q] = Math.max(biases[q] + counts[q], 1 - counts[q]);
      corrections[q] = Math.max(-128, corrections[q] - 1);
    } else if (biases[q] > 0) {
      biases[q] = Math.min(biases[q] - counts[q], 0);
      corrections[q] = Math.min(127, corrections[q] + 1);
    }
  }

  /** A.7: equal samples, then the one that ends them. */
  private int run(int[] above, int[] line, int from, int width) throws RejectedImageException {
    int left = line[from - 1];
    int x = from;
    boolean whole = true;
    while (x <= width && (whole = in.bit() == 1)) {
      int many = 1 << RUNS[run];
      int some = Math.min(many, width - x + 1);
      Arrays.fill(line, x, x + some, left);
      x += some;
      run = some == many ? Math.min(31, run + 1) : run;
    }
    if (whole) {
      return x;
    }
    int some = in.bits(RUNS[run]);
    if (x + some > width) {
      throw RejectedImageException.corrupt("A run of the JPEG-LS scan is longer than its line.");
    }
    Arrays.fill(line, x, x + some, left);
    x += some;
    line[x] = interrupted(left, above[x]);
    run = Math.max(0, run - 1);
    return x + 1;
  }

  private int interrupted(int left, int up) throws RejectedImageException {
    int type = Math.abs(left - up) <= terms.near() ? 1 : 0;
    int q = CONTEXTS + type;
    int shift = shift(counts[q], type == 0 ? sums[q] : sums[q] + (counts[q] >> 1));
    int coded = coded(shift, terms.limit() - RUNS[run] - 1);
    int both = coded + type;
    int odd = both & 1;
    int size = (both + odd) / 2;
    boolean often = shift != 0 || 2 * negatives[type] >= counts[q];
    int error = often == (odd == 1) ? -size : size;
    negatives[type] += error < 0 ? 1 : 0;
    sums[q] += (coded + 1 - type) >> 1;
    if (counts[q] == terms.reset()) {
      sums[q] >>= 1;
      counts[q] >>= 1;
      negatives[type] >>= 1;
    }
    counts[q]++;
    int sign = type == 0 && left > up ? -1 : 1;
    return terms.rebuilt(type == 1 ? left : up, sign * error);
  }

  private static int shift(int count, int sum) throws RejectedImageException {
    int shift = 0;
    while (count << shift < sum) {
      if (++shift > MOST_SHIFT) {
        throw RejectedImageException.corrupt("The JPEG-LS scan cannot be followed.");
      }
    }
    return shift;
  }

  /** A limited Golomb code (A.5.3). */
  private int coded(int shift, int limit) {
    int zeros = 0;
    int most = limit - terms.bits() - 1;
    while (zeros < most && in.bit() == 0 && !in.ended()) {
      zeros++;
    }
    if (zeros < most) {
      return (zeros << shift) + in.bits(shift);
    }
    // The one that ends the zeros.
    var unused = in.bit();
    return in.bits(terms.bits()) + 1;
  }
}
