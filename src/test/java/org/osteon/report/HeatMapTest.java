package org.osteon.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.osteon.model.engine.Explainer.Maps;

class HeatMapTest {
  @Test
  void isHottestWhereTheClassStandsOutAndNothingWhereItDoesNot() {
    float[][] maps = new float[3][9];
    maps[1][2] = 4;
    maps[1][6] = 1;
    Arrays.fill(maps[0], 0.5f);
    BufferedImage heat = HeatMap.of(new Maps(maps, 3, 3), 1, 90, 90);
    assertThat(alpha(heat, 75, 15)).isGreaterThan(150);
    assertThat(alpha(heat, 15, 75)).isBetween(1, 80);
    assertThat(alpha(heat, 45, 75)).isLessThan(30);
    assertThat(alpha(heat, 15, 15)).isZero();
    assertThat(heat.getRGB(75, 15) & 0xFF0000).isGreaterThan(0xD00000);
  }

  @Test
  void isEmptyWhereNothingSpeaksForTheClass() {
    BufferedImage heat = HeatMap.of(new Maps(new float[3][4], 2, 2), 2, 10, 10);
    for (int i = 0; i < 100; i++) {
      assertThat(alpha(heat, i % 10, i / 10)).isZero();
    }
  }

  private static int alpha(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >>> 24;
  }
}
