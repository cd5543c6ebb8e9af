package org.osteon.model.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.osteon.image.Region;
import org.osteon.model.ModelManifest;

/**
 * From the maps of one plane to regions: around each mark, a cell that none of its neighbours
 * exceeds, the cells that have at least half of its odds and hang together with it. Where a surer
 * cell is among them, the mark belongs to that one's region and has none of its own.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class RegionFinder {
  /** Marks of a plane that count, as in training ({@code found.py}). */
  private static final int MOST = 5;

  /** Of odds, in logits. On the validation split boxes of that size lay best on those drawn. */
  private static final double HALF = Math.log(2);

  private final ModelManifest.Regions terms;

  RegionFinder(ModelManifest.Regions terms) {
    this.terms = terms;
  }

  /**
   * Maps of a call.
   *
   * @param values {@code float32 [N, K, h, w]}, logits; the first class is that of nothing
   */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Maps(float[] values, int classes, int height, int width) {
    /** Of anything against nothing, {@code [h × w]} of one plane. */
    double[] margin(int plane) {
      int cells = height * width;
      int first = plane * classes * cells;
      double[] margin = new double[cells];
      for (int i = 0; i < cells; i++) {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 1; k < classes; k++) {
          most = Math.max(most, values[first + k * cells + i]);
        }
        double sum = 0;
        for (int k = 1; k < classes; k++) {
          sum += Math.exp(values[first + k * cells + i] - most);
        }
        margin[i] = most + Math.log(sum) - values[first + i];
      }
      return margin;
    }
  }

  /** The surest first: always the surest mark's, and others' from the version's least margin on. */
  List<Region> of(Maps maps, int plane) {
    double[] margin = maps.margin(plane);
    List<Integer> marks = marks(margin, maps.height, maps.width);
    List<Region> regions = new ArrayList<>();
    BitSet covered = new BitSet(margin.length);
    for (int mark : marks.subList(0, Math.min(MOST, marks.size()))) {
      boolean told = regions.isEmpty() || margin[mark] >= terms.leastMargin();
      if (told && Double.isFinite(margin[mark]) && !covered.get(mark)) {
        BitSet around = around(margin, mark, maps.height, maps.width);
        if (around.stream().allMatch(cell -> margin[cell] <= margin[mark])) {
          covered.or(around);
          regions.add(box(around, maps.height, maps.width, terms.score(margin[mark])));
        }
      }
    }
    return List.copyOf(regions);
  }

  private static List<Integer> marks(double[] margin, int height, int width) {
    List<Integer> marks = new ArrayList<>();
    for (int i = 0; i < margin.length; i++) {
      if (isHighest(margin, i, height, width)) {
        marks.add(i);
      }
    }
    marks.sort(Comparator.comparingDouble((Integer mark) -> -margin[mark]));
    return marks;
  }

  private static boolean isHighest(double[] margin, int cell, int height, int width) {
    int row = cell / width;
    int column = cell % width;
    for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
        if (margin[y * width + x] > margin[cell]) {
          return false;
        }
      }
    }
    return true;
  }

  private static BitSet around(double[] margin, int mark, int height, int width) {
    double least = margin[mark] - HALF;
    BitSet seen = new BitSet(margin.length);
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(mark));
    seen.set(mark);
    while (!open.isEmpty()) {
      int cell = open.pop();
      int column = cell % width;
      int[] beside = {
        cell - width, cell + width, column > 0 ? cell - 1 : -1, column < width - 1 ? cell + 1 : -1
      };
      for (int next : beside) {
        if (next >= 0 && next < height * width && !seen.get(next) && margin[next] >= least) {
          seen.set(next);
          open.push(next);
        }
      }
    }
    return seen;
  }

  private static Region box(BitSet cells, int height, int width, double score) {
    int left = width;
    int right = 0;
    for (int cell = cells.nextSetBit(0); cell >= 0; cell = cells.nextSetBit(cell + 1)) {
      left = Math.min(left, cell % width);
      right = Math.max(right, cell % width + 1);
    }
    return new Region(
        (double) left / width,
        (double) (cells.nextSetBit(0) / width) / height,
        (double) right / width,
        (double) ((cells.length() - 1) / width + 1) / height,
        score);
  }
}
