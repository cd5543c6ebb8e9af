package org.osteon.image;

/**
 * Where in the plane the picture goes.
 *
 * @param x first column
 * @param y first row
 * @param width columns
 * @param height rows
 */
record Fit(int x, int y, int width, int height) {
  /** Of a picture of {@code width} × {@code height} as displayed. */
  static Fit of(int width, int height, InputSpec spec) {
    if (spec.resize() == InputSpec.Resize.STRETCH) {
      return new Fit(0, 0, spec.width(), spec.height());
    }
    double scale = Math.min((double) spec.width() / width, (double) spec.height() / height);
    int w = clamp((int) Math.round(width * scale), spec.width());
    int h = clamp((int) Math.round(height * scale), spec.height());
    return new Fit((spec.width() - w) / 2, (spec.height() - h) / 2, w, h);
  }

  /**
   * The largest of 1, 2, 4, 8 by which the picture can shrink and still be no smaller than this.
   */
  int reduction(int pictureWidth, int pictureHeight) {
    for (int by = 8; by > 1; by /= 2) {
      if (pictureWidth / by >= width && pictureHeight / by >= height) {
        return by;
      }
    }
    return 1;
  }

  private static int clamp(int value, int max) {
    return Math.max(1, Math.min(max, value));
  }
}
