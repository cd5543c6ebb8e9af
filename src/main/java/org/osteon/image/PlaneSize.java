package org.osteon.image;

/**
 * Columns and rows.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record PlaneSize(int width, int height) {
  /**
   * The size at which an image is drawn into a plane. Computed in whole numbers from the size in
   * the file's header, never from what a reduced decode happened to give, so that the same picture
   * always lands on the same pixels.
   *
   * @param width columns of the image as displayed
   * @param height rows of the image as displayed
   */
  public static PlaneSize drawn(long width, long height, InputSpec spec) {
    if (spec.resize() == InputSpec.Resize.STRETCH) {
      return new PlaneSize(spec.width(), spec.height());
    }
    if (width * spec.height() >= height * spec.width()) {
      return new PlaneSize(spec.width(), rounded(height, spec.width(), width));
    }
    return new PlaneSize(rounded(width, spec.height(), height), spec.height());
  }

  public PlaneSize transposed() {
    return new PlaneSize(height, width);
  }

  private static int rounded(long value, long times, long by) {
    return (int) Math.max(1, (2 * value * times + by) / (2 * by));
  }
}
