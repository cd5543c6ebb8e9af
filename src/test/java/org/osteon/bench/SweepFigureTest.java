package org.osteon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.osteon.bench.table.BenchReport;
import org.osteon.bench.table.BenchRow;

class SweepFigureTest {
  @TempDir Path folder;

  @Test
  void aLineForEachDelayHasTheRatesOfTheJson() throws Exception {
    BenchReport report = new BenchReport(new PrintStream(OutputStream.nullOutputStream()));
    for (Sweep.Setting each : Sweep.settings()) {
      double rate = each.delayMillis() == 0 ? 10 * each.batch() : 5;
      report.add(BenchRow.of(Sweep.GROUP, each.label(), "images/s", rate));
    }
    report.write(folder.resolve("bench.json"));
    XYChart chart = SweepFigure.chart(folder.resolve("bench.json"));
    XYSeries atOnce = Objects.requireNonNull(chart.getSeriesMap().get("batch.max.delay.ms=0"));
    assertThat(atOnce.getXData())
        .containsExactly(Sweep.BATCHES.stream().mapToDouble(Integer::doubleValue).toArray());
    assertThat(atOnce.getYData())
        .containsExactly(Sweep.BATCHES.stream().mapToDouble(batch -> 10.0 * batch).toArray());
    assertThat(chart.getXAxisTitle()).contains("batch.max.size");
    assertThat(chart.getYAxisTitle()).isEqualTo("images a second");
    assertThat(chart.getSeriesMap().values())
        .extracting(XYSeries::getLineStyle, XYSeries::getMarker)
        .as("told apart without colours too")
        .doesNotHaveDuplicates();
    SweepFigure.write(folder.resolve("bench.json"), folder.resolve("sweep.png"));
    BufferedImage image = ImageIO.read(folder.resolve("sweep.png").toFile());
    assertThat(image.getWidth()).isEqualTo(760);
  }

  @Test
  void aLabelGivesItsSettingBack() {
    for (Sweep.Setting each : Sweep.settings()) {
      assertThat(Sweep.Setting.of(each.label())).isEqualTo(each);
    }
  }
}
