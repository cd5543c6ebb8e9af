package org.osteon.report;

import java.awt.image.BufferedImage;
import org.osteon.model.engine.Explainer.Maps;

/**
 * Where the model looked, as a transparent picture to lie over the plane: what speaks for the class
 * more than for the others on average, from nothing through yellow to red.
 */
public final class HeatMap {
  private static final int RED = 0xE0_1B_24;
  private static final int YELLOW = 0xF6_D3_2D;
  private static final float MOST_OPAQUE = 0.62f;

  private HeatMap() {}

  /**
   * @param label index of the class
   */
  public static BufferedImage of(Maps maps, int label, int height, int width) {
    float[] evidence = evidence(maps, label);
    float most = 1e-6f;
    for (float each : evidence) {
      most = Math.max(most, each);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float v =
            at(
                    evidence,
                    maps,
                    (y + 0.5f) * maps.height() / height - 0.5f,
                    (x + 0.5f) * maps.width() / width - 0.5f)
                / most;
        int alpha = Math.round(255 * MOST_OPAQUE * v);
        image.setRGB(x, y, alpha << 24 | mixed(v));
      }
    }
    return image;
  }

  private static float[] evidence(Maps maps, int label) {
    float[][] all = maps.values();
    float[] evidence = new float[maps.height() * maps.width()];
    for (int i = 0; i < evidence.length; i++) {
      float mean = 0;
      for (float[] each : all) {
        mean += each[i] / all.length;
      }
      evidence[i] = Math.max(0, all[label][i] - mean);
    }
    return evidence;
  }

  /** Between four cells, bilinear; beyond the edge, the edge. */
  private static float at(float[] cells, Maps maps, float y, float x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    float down = y - top;
    float right = x - left;
    float above =
        cell(cells, maps, top, left) * (1 - right) + cell(cells, maps, top, left + 1) * right;
    float below =
        cell(cells, maps, top + 1, left) * (1 - right)
            + cell(cells, maps, top + 1, left + 1) * right;
    return above * (1 - down) + below * down;
  }

  private static float cell(float[] cells, Maps maps, int y, int x) {
    int row = Math.max(0, Math.min(maps.height() - 1, y));
    int column = Math.max(0, Math.min(maps.width() - 1, x));
    return cells[row * maps.width() + column];
  }

  private static int mixed(float v) {
    int colour = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int from = YELLOW >> shift & 0xFF;
      int to = RED >> shift & 0xFF;
      colour |= Math.round(from + (to - from) * v) << shift;
    }
    return colour;
  }
}
