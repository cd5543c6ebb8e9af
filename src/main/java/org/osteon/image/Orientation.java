package org.osteon.image;

import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.transpose;

import org.bytedeco.opencv.opencv_core.Mat;

/** TIFF's and EXIF's tag 0x0112: how the stored rows and columns are to be displayed, 1 to 8. */
public enum Orientation {
  NORMAL(false, 2),
  MIRRORED(false, 1),
  ROTATED_180(false, -1),
  FLIPPED(false, 0),
  TRANSPOSED(true, 2),
  ROTATED_CLOCKWISE(true, 1),
  TRANSVERSED(true, -1),
  ROTATED_COUNTERCLOCKWISE(true, 0);

  private static final int NO_FLIP = 2;

  private final boolean transposes;
  private final int flipCode;

  Orientation(boolean transposes, int flipCode) {
    this.transposes = transposes;
    this.flipCode = flipCode;
  }

  /** Any value that the standard does not know counts as normal, as every viewer has it. */
  public static Orientation of(long tag) {
    return tag >= 1 && tag <= 8 ? values()[(int) tag - 1] : NORMAL;
  }

  public boolean swapsAxes() {
    return transposes;
  }

  /** A new matrix as displayed, or the same one where there is nothing to do. */
  public Mat apply(Mat stored) {
    Mat turned = stored;
    if (transposes) {
      turned = new Mat();
      transpose(stored, turned);
    }
    if (flipCode == NO_FLIP) {
      return turned;
    }
    Mat flipped = new Mat();
    flip(turned, flipped, flipCode);
    return flipped;
  }
}
