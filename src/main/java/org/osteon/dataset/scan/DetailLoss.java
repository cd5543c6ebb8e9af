package org.osteon.dataset.scan;

/**
 * What a picture loses when it is shrunk and enlarged again.
 *
 * @param rms root of the mean squared difference, in grey levels
 * @param gradient share of the gradient energy that is gone, 0 to 1: of edges and fine lines, and
 *     of noise too
 */
record DetailLoss(double rms, double gradient) {
  /** Grey levels in rows. */
  @SuppressWarnings("ArrayRecordComponent") // read only here
  record Grid(byte[] pixels, int height, int width) {
    double at(int y, int x) {
      return pixels[y * width + x] & 0xFF;
    }

    /** Between pixels, by their distance; pixel centres are at halves. */
    double between(double y, double x) {
      double row = Math.max(0, Math.min(height - 1, y - 0.5));
      double column = Math.max(0, Math.min(width - 1, x - 0.5));
      int top = Math.min((int) row, Math.max(0, height - 2));
      int left = Math.min((int) column, Math.max(0, width - 2));
      int bottom = Math.min(top + 1, height - 1);
      int right = Math.min(left + 1, width - 1);
      double down = row - top;
      double across = column - left;
      return (1 - down) * ((1 - across) * at(top, left) + across * at(top, right))
          + down * ((1 - across) * at(bottom, left) + across * at(bottom, right));
    }
  }

  /** Compares a picture with the same picture at a smaller size. */
  static DetailLoss between(Grid whole, Grid small) {
    double[] again = new double[whole.height() * whole.width()];
    double squares = 0;
    for (int y = 0; y < whole.height(); y++) {
      for (int x = 0; x < whole.width(); x++) {
        double value =
            small.between(
                (y + 0.5) * small.height() / whole.height(),
                (x + 0.5) * small.width() / whole.width());
        again[y * whole.width() + x] = value;
        squares += (value - whole.at(y, x)) * (value - whole.at(y, x));
      }
    }
    double before = 0;
    double after = 0;
    for (int y = 1; y < whole.height(); y++) {
      for (int x = 1; x < whole.width(); x++) {
        int i = y * whole.width() + x;
        before += square(whole.at(y, x) - whole.at(y, x - 1));
        before += square(whole.at(y, x) - whole.at(y - 1, x));
        after += square(again[i] - again[i - 1]) + square(again[i] - again[i - whole.width()]);
      }
    }
    double gone = before == 0 ? 0 : Math.max(0, 1 - after / before);
    return new DetailLoss(Math.sqrt(squares / again.length), gone);
  }

  private static double square(double value) {
    return value * value;
  }
}
