package org.osteon.image.jpeg;

/**
 * What a JPEG-LS scan is coded by (ITU-T T.87 C.2.4.1.1 and A.2.1).
 *
 * @param most largest value of a sample
 * @param near how far a sample may lie off; 0 where nothing is lost
 * @param low first threshold of a gradient
 * @param middle the second
 * @param high the third
 * @param reset samples after which a context forgets half
 */
record JpegLsTerms(int most, int near, int low, int middle, int high, int reset) {
  private static final int RESET = 64;

  /**
   * With defaults where the presets say nothing.
   *
   * @param bits of a sample
   * @param presets MAXVAL, T1, T2, T3 and RESET, each 0 for its default
   */
  static JpegLsTerms of(int bits, int near, int[] presets) {
    int most = presets[0] > 0 ? presets[0] : (1 << bits) - 1;
    int low;
    int middle;
    int high;
    if (most >= 128) {
      int factor = (Math.min(most, 4095) + 128) / 256;
      low = within(factor + 2 + 3 * near, near + 1, most);
      middle = within(factor * 4 + 3 + 5 * near, low, most);
      high = within(factor * 17 + 4 + 7 * near, middle, most);
    } else {
      int factor = 256 / (most + 1);
      low = within(Math.max(2, 3 / factor + 3 * near), near + 1, most);
      middle = within(Math.max(3, 7 / factor + 5 * near), low, most);
      high = within(Math.max(4, 21 / factor + 7 * near), middle, most);
    }
    return new JpegLsTerms(
        most,
        near,
        presets[1] > 0 ? presets[1] : low,
        presets[2] > 0 ? presets[2] : middle,
        presets[3] > 0 ? presets[3] : high,
        presets[4] > 0 ? presets[4] : RESET);
  }

  private static int within(int value, int least, int most) {
    return value > most || value < least ? least : value;
  }

  /** Of one step of the quantiser. */
  int width() {
    return 2 * near + 1;
  }

  /** How many errors there are. */
  int range() {
    return (most + 2 * near) / width() + 1;
  }

  /** Bits of an error that is written as it is. */
  int bits() {
    return 32 - Integer.numberOfLeadingZeros(range() - 1);
  }

  /** Longest code of a sample, in bits. */
  int limit() {
    int sample = Math.max(2, 32 - Integer.numberOfLeadingZeros(most));
    return 2 * (sample + Math.max(8, sample));
  }

  /** A gradient's region, -4 to 4. */
  int step(int gradient) {
    int size = Math.abs(gradient);
    int step = size <= near ? 0 : size < low ? 1 : size < middle ? 2 : size < high ? 3 : 4;
    return gradient < 0 ? -step : step;
  }

  int clamped(int value) {
    return Math.max(0, Math.min(most, value));
  }

  /** A sample from what was foretold and the error, which goes round at the range's end. */
  int rebuilt(int predicted, int error) {
    int value = predicted + error * width();
    if (value < -near) {
      value += range() * width();
    } else if (value > most + near) {
      value -= range() * width();
    }
    return clamped(value);
  }
}
