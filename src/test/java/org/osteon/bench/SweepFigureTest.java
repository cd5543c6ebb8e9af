package org.osteon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.dataset.figure.Canvas;

class SweepFigureTest {
  @TempDir Path folder;

  @Test
  void aLineRisesWithTheRatesOfTheJson() throws Exception {
    BenchReport report = new BenchReport(new PrintStream(OutputStream.nullOutputStream()));
    for (Sweep.Setting each : Sweep.settings()) {
      double rate = each.delayMillis() == 0 ? 10 * each.batch() : 5;
      report.add(BenchRow.of(Sweep.GROUP, each.label(), "images/s", rate));
    }
    report.write(folder.resolve("bench.json"));
    SweepFigure.write(folder.resolve("bench.json"), folder.resolve("sweep.png"));
    BufferedImage image = ImageIO.read(folder.resolve("sweep.png").toFile());
    int middle = image.getWidth() / 2;
    assertThat(highest(image, Canvas.BLUE.getRGB(), middle))
        .isGreaterThan(highest(image, Canvas.BLUE.getRGB(), image.getWidth() - 82));
    assertThat(highest(image, Canvas.RED.getRGB(), middle))
        .isEqualTo(highest(image, Canvas.RED.getRGB(), middle + 40));
  }

  @Test
  void aLabelGivesItsSettingBack() {
    for (Sweep.Setting each : Sweep.settings()) {
      assertThat(Sweep.Setting.of(each.label())).isEqualTo(each);
    }
  }

  /** The topmost row in which that colour stands in the column. */
  private static int highest(BufferedImage image, int colour, int x) {
    for (int y = 60; y < image.getHeight(); y++) {
      if (image.getRGB(x, y) == colour) {
        return y;
      }
    }
    throw new AssertionError("The line is not there.");
  }
}
