package org.osteon.deliver.dicom;

import org.osteon.event.ImageSummary;
import org.osteon.event.Region;

/** Boxes of results, which are in parts of the picture's sides, in pixels. */
final class Corners {
  private Corners() {}

  /** Left, top, right, bottom. */
  static float[] of(Region region, ImageSummary image) {
    return of(region, image.getWidth(), image.getHeight());
  }

  static float[] of(Region region, int width, int height) {
    return new float[] {
      (float) (region.getX0() * width),
      (float) (region.getY0() * height),
      (float) (region.getX1() * width),
      (float) (region.getY1() * height)
    };
  }
}
