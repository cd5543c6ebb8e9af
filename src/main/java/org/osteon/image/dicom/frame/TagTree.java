package org.osteon.image.dicom.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osteon.image.pixels.StuffedBits;

/** Numbers of a grid's cells, coded by what the least of each four is (ITU-T T.800 B.10.2). */
final class TagTree {
  private final int[] parent;
  private final int[] value;
  private final int[] low;

  TagTree(int width, int height) {
    List<int[]> levels = new ArrayList<>();
    int nodes = 0;
    for (int w = width, h = height; ; w = (w + 1) / 2, h = (h + 1) / 2) {
      levels.add(new int[] {w, h, nodes});
      nodes += w * h;
      if (w * h <= 1) {
        break;
      }
    }
    parent = new int[nodes];
    value = new int[nodes];
    low = new int[nodes];
    Arrays.fill(value, Integer.MAX_VALUE);
    Arrays.fill(parent, -1);
    for (int l = 0; l + 1 < levels.size(); l++) {
      int[] here = levels.get(l);
      int[] above = levels.get(l + 1);
      for (int y = 0; y < here[1]; y++) {
        for (int x = 0; x < here[0]; x++) {
          parent[here[2] + y * here[0] + x] = above[2] + y / 2 * above[0] + x / 2;
        }
      }
    }
  }

  /** Whether a cell's number is below a threshold, as far as the bits say by now. */
  boolean isBelow(StuffedBits in, int cell, int threshold) {
    return known(in, cell, threshold) < threshold;
  }

  private int known(StuffedBits in, int node, int threshold) {
    int least = parent[node] < 0 ? 0 : atLeast(in, parent[node], threshold);
    least = Math.max(least, low[node]);
    while (least < threshold && least < value[node]) {
      if (in.bit() == 1) {
        value[node] = least;
      } else {
        least++;
      }
    }
    low[node] = least;
    return value[node];
  }

  private int atLeast(StuffedBits in, int node, int threshold) {
    known(in, node, threshold);
    return low[node];
  }
}
