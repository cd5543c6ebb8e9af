package org.osteon.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.osteon.event.ImageSummary;
import org.osteon.event.Region;
import org.osteon.image.InputSpec;
import org.osteon.image.PlaneSize;

/** A result's regions, drawn over the plane that shows its image. */
public final class RegionBoxes {
  /** Seen on black, on white and on a heat map, which is yellow to red. */
  private static final Color BOX = new Color(0x33, 0xD1, 0xFF);

  /** Lines are so many times thinner than the plane is wide. */
  private static final float THIN = 224;

  private RegionBoxes() {}

  /**
   * @param over as large as the plane
   * @param image that was drawn into it
   * @param resize how
   */
  public static void draw(
      BufferedImage over, List<Region> regions, ImageSummary image, InputSpec.Resize resize) {
    InputSpec plane = new InputSpec(over.getHeight(), over.getWidth(), resize);
    PlaneSize drawn = PlaneSize.drawn(image.getWidth(), image.getHeight(), plane);
    int left = (plane.width() - drawn.width()) / 2;
    int top = (plane.height() - drawn.height()) / 2;
    Graphics2D pen = over.createGraphics();
    pen.setColor(BOX);
    pen.setStroke(new BasicStroke(Math.max(1, plane.width() / THIN)));
    for (Region each : regions) {
      int x = left + (int) Math.round(each.getX0() * drawn.width());
      int y = top + (int) Math.round(each.getY0() * drawn.height());
      int right = left + (int) Math.round(each.getX1() * drawn.width());
      int bottom = top + (int) Math.round(each.getY1() * drawn.height());
      pen.drawRect(x, y, right - x, bottom - y);
    }
    pen.dispose();
  }
}
