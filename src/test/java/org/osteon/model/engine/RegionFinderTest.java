package org.osteon.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osteon.image.Region;
import org.osteon.model.ModelManifest;

class RegionFinderTest {
  private static final int SIDE = 8;
  private static final int CELLS = SIDE * SIDE;
  private static final int CLASSES = 3;
  private static final double DARK = -6;

  private final RegionFinder finder = new RegionFinder(new ModelManifest.Regions(1.0, 2.0, -1.0));

  /** The second class alone says something, so the margin is its logit, nearly. */
  private static RegionFinder.Maps maps(double[]... planes) {
    float[] values = new float[planes.length * CLASSES * CELLS];
    for (int n = 0; n < planes.length; n++) {
      for (int i = 0; i < CELLS; i++) {
        values[(n * CLASSES + 1) * CELLS + i] = (float) planes[n][i];
        values[(n * CLASSES + 2) * CELLS + i] = -40;
      }
    }
    return new RegionFinder.Maps(values, CLASSES, SIDE, SIDE);
  }

  private static double[] dark() {
    double[] cells = new double[CELLS];
    Arrays.fill(cells, DARK);
    return cells;
  }

  private static int cell(int row, int column) {
    return row * SIDE + column;
  }

  @Test
  void aRegionHoldsTheCellsWithHalfOfItsMarksOdds() {
    double[] plane = dark();
    plane[cell(2, 3)] = 2.0;
    plane[cell(2, 4)] = 1.5;
    plane[cell(3, 3)] = 1.4;
    plane[cell(1, 3)] = 1.2;
    List<Region> found = finder.of(maps(plane), 0);
    assertThat(found).hasSize(1);
    Region region = found.get(0);
    assertThat(region.x0()).isEqualTo(3 / 8.0);
    assertThat(region.x1()).isEqualTo(5 / 8.0);
    assertThat(region.y0()).as("0.8 of a logit less is not half").isEqualTo(2 / 8.0);
    assertThat(region.y1()).isEqualTo(4 / 8.0);
    assertThat(region.score()).isCloseTo(1 / (1 + Math.exp(-3)), within(1e-6));
  }

  @Test
  void theSurestIsAlwaysToldAndOthersFromTheLeastMarginOn() {
    double[] faint = dark();
    faint[cell(1, 1)] = 0.5;
    double[] many = dark();
    many[cell(1, 1)] = 3.0;
    many[cell(6, 6)] = 1.1;
    many[cell(6, 1)] = 0.9;
    RegionFinder.Maps maps = maps(faint, many);
    assertThat(finder.of(maps, 0)).hasSize(1);
    List<Region> found = finder.of(maps, 1);
    assertThat(found).extracting(Region::x0).containsExactly(1 / 8.0, 6 / 8.0);
    assertThat(found).extracting(Region::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void oneRegionIsToldOnceThoughItHasTwoMarks() {
    double[] plane = dark();
    plane[cell(4, 2)] = 2.0;
    plane[cell(4, 3)] = 1.6;
    plane[cell(4, 4)] = 1.9;
    assertThat(finder.of(maps(plane), 0)).hasSize(1);
  }

  @Test
  void aMarkOnTheSlopeOfASurerOneIsNoneOfItsOwn() {
    double[] plane = dark();
    plane[cell(4, 1)] = 4.0;
    plane[cell(4, 2)] = 1.6;
    plane[cell(4, 3)] = 1.9;
    List<Region> found = finder.of(maps(plane), 0);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).x1()).isEqualTo(2 / 8.0);
    plane[cell(4, 2)] = 1.0;
    assertThat(finder.of(maps(plane), 0)).as("a valley lies between them").hasSize(2);
  }

  @Test
  void aPlaneThatIsTheSameEverywhereIsOneRegion() {
    Region whole = finder.of(maps(dark()), 0).get(0);
    assertThat(List.of(whole.x0(), whole.y0(), whole.x1(), whole.y1()))
        .containsExactly(0.0, 0.0, 1.0, 1.0);
  }

  @Test
  void whatIsNoNumberIsNoRegion() {
    double[] plane = dark();
    Arrays.fill(plane, Double.NaN);
    assertThat(finder.of(maps(plane), 0)).isEmpty();
  }
}
