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

  /**
   * Of a plane, in parts of the picture that was drawn into it; what lies beside it is cut off.
   *
   * @param picture how it was drawn, see {@link PlaneSize#drawn}
   */
  public Region inPicture(PlaneSize picture, InputSpec plane) {
    return new Region(
        part(x0, plane.width(), picture.width()),
        part(y0, plane.height(), picture.height()),
        part(x1, plane.width(), picture.width()),
        part(y1, plane.height(), picture.height()),
        score);
  }

  /** Whether anything of it is left. */
  public boolean hasArea() {
    return x1 > x0 && y1 > y0;
  }

  private static double part(double ofPlane, int plane, int drawn) {
    int before = (plane - drawn) / 2;
    return Math.min(1, Math.max(0, (ofPlane * plane - before) / drawn));
  }
}
