package org.osteon.image;

/**
 * A box around what was found, in parts of the sides: of the plane as the model gives it, of the
 * picture as displayed once it is part of an outcome.
 *
 * @param x0 left, 0 to 1
 * @param y0 top, 0 to 1
 * @param x1 right, 0 to 1
 * @param y1 bottom, 0 to 1
 * @param score how sure the model is of it, 0 to 1
 */
public record Region(double x0, double y0, double x1, double y1, double score) {

  /** Of a plane, in parts of the picture that was drawn into it; what lies beside it is cut off. */
  public Region inPicture(InputSpec.Drawn drawn) {
    return new Region(
        part(x0 - drawn.left(), drawn.width()),
        part(y0 - drawn.top(), drawn.height()),
        part(x1 - drawn.left(), drawn.width()),
        part(y1 - drawn.top(), drawn.height()),
        score);
  }

  /** Whether anything of it is left. */
  public boolean hasArea() {
    return x1 > x0 && y1 > y0;
  }

  private static double part(double within, double of) {
    return Math.min(1, Math.max(0, within / of));
  }
}
