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

  /** Bytes of one plane, one byte a pixel, rows after one another. */
  public int planeBytes() {
    return height * width;
  }
}
