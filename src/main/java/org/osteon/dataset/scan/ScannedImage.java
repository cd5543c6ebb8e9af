package org.osteon.dataset.scan;

import org.osteon.dataset.Planes;
import org.osteon.dataset.Sample;

/**
 * What a scan found in one image.
 *
 * @param sample what the data set says of it
 * @param width columns as displayed, in pixels
 * @param height rows as displayed, in pixels
 * @param mean grey, 0 black to 255
 * @param deviation standard deviation of the grey
 * @param black share of pixels darker than 8, collimator and padding
 * @param sha256 of the file
 */
record ScannedImage(
    Sample sample,
    int width,
    int height,
    double mean,
    double deviation,
    double black,
    String sha256) {
  private static final int BLACK = 8;

  /**
   * Measures a picture brought to a fixed size.
   *
   * @param pixels {@code uint8}, averaged over areas
   */
  static ScannedImage of(Sample sample, Planes.Readable plane, String sha256) {
    long sum = 0;
    long squares = 0;
    int black = 0;
    for (byte pixel : plane.pixels()) {
      int grey = pixel & 0xFF;
      sum += grey;
      squares += (long) grey * grey;
      black += grey < BLACK ? 1 : 0;
    }
    double count = plane.pixels().length;
    double mean = sum / count;
    return new ScannedImage(
        sample,
        plane.info().width(),
        plane.info().height(),
        mean,
        Math.sqrt(Math.max(0, squares / count - mean * mean)),
        black / count,
        sha256);
  }

  /** Width by height. */
  double aspect() {
    return (double) width / height;
  }
}
