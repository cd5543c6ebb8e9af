package org.osteon.service.meters;

import java.util.List;

/**
 * A histogram of the last images, and how far it lies from another: the population stability index,
 * {@code Σ (p − q) · ln(p ÷ q)} over the bins, with half a count added to each so that an empty one
 * is rare and not impossible. Below 0.1 counts as the same, above 0.25 as another population.
 *
 * <p><b>Threading.</b> Any; under its own lock, held for a few sums.
 */
final class DriftWindow {
  /** Of an image's weight, over all bins. */
  private static final int WHOLE = 10_000;

  private static final double HALF = 0.5;

  private final double[] reference;
  private final short[] ring;
  private final long[] sums;
  private final int bins;
  private final int most;
  private int next;
  private int images;

  /**
   * @param reference share of each bin
   * @param most images at once; it holds {@code 2 · most · bins} bytes
   */
  DriftWindow(List<Double> reference, int most) {
    this.reference = reference.stream().mapToDouble(Double::doubleValue).toArray();
    this.bins = this.reference.length;
    this.most = most;
    this.ring = new short[most * bins];
    this.sums = new long[bins];
  }

  /** An image that lies in one bin. */
  void add(int bin) {
    int[] counts = new int[bins];
    counts[bin] = 1;
    add(counts, 1);
  }

  /**
   * An image that is spread over bins.
   *
   * @param counts of each bin
   * @param of all counts together
   */
  synchronized void add(int[] counts, int of) {
    int at = next * bins;
    for (int i = 0; i < bins; i++) {
      short weight = (short) ((long) counts[i] * WHOLE / of);
      sums[i] += weight - ring[at + i];
      ring[at + i] = weight;
    }
    next = (next + 1) % most;
    images = Math.min(most, images + 1);
  }

  /** Images in it. */
  synchronized int images() {
    return images;
  }

  /** The index; not a number until a quarter of the window is there. */
  synchronized double index() {
    if (images < Math.max(1, most / 4)) {
      return Double.NaN;
    }
    double index = 0;
    double total = images + bins * HALF;
    for (int i = 0; i < bins; i++) {
      double found = ((double) sums[i] / WHOLE + HALF) / total;
      double wanted = (reference[i] * images + HALF) / total;
      index += (found - wanted) * Math.log(found / wanted);
    }
    return index;
  }
}
