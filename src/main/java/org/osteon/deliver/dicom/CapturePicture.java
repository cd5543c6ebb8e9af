package org.osteon.deliver.dicom;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osteon.deliver.destination.Delivery;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.LabelWords;
import org.osteon.event.Region;

/**
 * The picture of a Secondary Capture: the image in grey, boxes over it, and below what was found,
 * by what, and what it is worth. Nothing of the patient is written into it.
 */
final class CapturePicture {
  private static final int MARGIN = 12;
  private static final int LINE = Lettering.HEIGHT + 2;
  private static final int WHITE = 0xFF_FF_FF;
  private static final int AMBER = 0xF6_B7_2D;
  private static final int LEAST_WIDTH = 640;
  private static final int STROKE = 3;

  private CapturePicture() {}

  /**
   * @param plane the image; null where its pixels are out of reach, which the picture then says
   */
  static BufferedImage of(Delivery delivery, Pixels.@Nullable Plane plane) {
    ClassificationResult result = delivery.result();
    int width = Math.max(LEAST_WIDTH, plane == null ? 0 : plane.width());
    List<String> lines = new ArrayList<>();
    for (String each : words(result, plane != null)) {
      lines.addAll(wrapped(each, (width - 2 * MARGIN) / Lettering.WIDTH));
    }
    int above = plane == null ? 0 : plane.height();
    int height = above + 2 * MARGIN + lines.size() * LINE;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    if (plane != null) {
      int left = (width - plane.width()) / 2;
      draw(image, plane, left);
      List<Region> regions = result.getRegions();
      for (Region each : regions == null ? List.<Region>of() : regions) {
        box(image, each, plane, left);
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      int colour = lines.get(i).startsWith("!") ? AMBER : WHITE;
      String text = lines.get(i).startsWith("!") ? lines.get(i).substring(1) : lines.get(i);
      Lettering.write(image, text, MARGIN, above + MARGIN + i * LINE, colour);
    }
    return image;
  }

  private static List<String> words(ClassificationResult result, boolean hasPixels) {
    List<String> words = new ArrayList<>();
    words.add(
        "!OSTEON "
            + result.getFinding()
            + ": "
            + (result.getDecision() == Decision.REFER
                ? "referred to a person, " + result.getReferReason()
                : LabelWords.of(result.getLabel())));
    words.add(
        String.format(
            Locale.ROOT,
            "Anything wrong %.0f %%, confidence %.0f %%",
            100 * result.getAbnormalProbability(),
            100 * result.getConfidence()));
    List<Region> regions = result.getRegions();
    if (regions != null && hasPixels) {
      words.add(
          regions.isEmpty()
              ? "No boxes."
              : "Boxes: where the model sees it, each with how sure it is.");
    }
    if (!hasPixels) {
      words.add("The image is out of reach here: look at the original.");
    }
    words.add(
        "Model "
            + result.getModel().getName()
            + " "
            + result.getModel().getVersion()
            + ", "
            + Instances.cut(result.getModel().getSha256(), 12));
    words.add("!" + Delivery.DISCLAIMER);
    return words;
  }

  private static List<String> wrapped(String text, int most) {
    List<String> lines = new ArrayList<>();
    String mark = text.startsWith("!") ? "!" : "";
    StringBuilder line = new StringBuilder(mark);
    for (String word : text.substring(mark.length()).split(" ")) {
      if (line.length() > mark.length() && line.length() + 1 + word.length() > most) {
        lines.add(line.toString());
        line = new StringBuilder(mark);
      }
      line.append(line.length() > mark.length() ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static void draw(BufferedImage image, Pixels.Plane plane, int left) {
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        int grey = plane.grey()[y * plane.width() + x] & 0xFF;
        image.setRGB(left + x, y, grey << 16 | grey << 8 | grey);
      }
    }
  }

  private static void box(BufferedImage image, Region region, Pixels.Plane plane, int left) {
    float[] corners = Corners.of(region, plane.width(), plane.height());
    int x0 = Math.round(corners[0]);
    int y0 = Math.round(corners[1]);
    int x1 = Math.round(corners[2]);
    int y1 = Math.round(corners[3]);
    for (int y = y0 - STROKE; y <= y1 + STROKE; y++) {
      for (int x = x0 - STROKE; x <= x1 + STROKE; x++) {
        boolean inside = x > x0 && x < x1 && y > y0 && y < y1;
        boolean there = x >= 0 && y >= 0 && x < plane.width() && y < plane.height();
        if (there && !inside) {
          image.setRGB(left + x, y, AMBER);
        }
      }
    }
    String score = String.format(Locale.ROOT, "%.0f %%", 100 * region.getScore());
    int top =
        y0 >= LINE + STROKE ? y0 - LINE - STROKE : Math.min(y1 + STROKE, plane.height() - LINE);
    Lettering.write(image, score, left + Math.max(0, x0), Math.max(0, top), AMBER);
  }
}
