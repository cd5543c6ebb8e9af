package org.osteon.image;

/**
 * The plane a model takes, as its manifest says.
 *
 * @param height rows, in pixels
 * @param width columns, in pixels
 * @param resize how an image of another shape is brought to this one
 */
public record InputSpec(int height, int width, Resize resize) {
  /** How an image of another shape is brought to the model's. */
  public enum Resize {
    /** Keeps the aspect ratio and fills the rest with black. */
    LETTERBOX,
    /** Fills the plane and lets the aspect ratio go. */
    STRETCH
  }

  public InputSpec {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("A plane of " + height + " × " + width + " is empty.");
    }
  }

  /**
   * Where a picture lies in the plane, in parts of the plane's sides.
   *
   * @param left where it begins
   * @param top where it begins
   * @param width above 0, 1 where it fills the plane
   * @param height likewise
   */
  public record Drawn(double left, double top, double width, double height) {}

  /**
   * Where a picture of a size is drawn: centred where its shape is kept.
   *
   * @param columns of the picture as displayed
   * @param rows likewise
   */
  public Drawn drawn(int columns, int rows) {
    if (resize == Resize.STRETCH) {
      return new Drawn(0, 0, 1, 1);
    }
    double scale = Math.min((double) width / columns, (double) height / rows);
    double across = columns * scale / width;
    double down = rows * scale / height;
    return new Drawn((1 - across) / 2, (1 - down) / 2, across, down);
  }

  /** Bytes of one plane, one byte a pixel, rows after one another. */
  public int planeBytes() {
    return height * width;
  }
}
