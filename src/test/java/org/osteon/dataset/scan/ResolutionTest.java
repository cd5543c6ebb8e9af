package org.osteon.dataset.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Drawn;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.figure.ResolutionFigure;
import org.osteon.dataset.layout.Samples;
import org.osteon.dataset.scan.DetailLoss.Grid;
import org.osteon.dataset.scan.SizeClusters.Size;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

class ResolutionTest {
  @TempDir Path folder;

  @Test
  void clustersAreFoundWhereSizesGather() {
    List<Size> sizes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      sizes.add(new Size(100 + i % 3, 100));
      sizes.add(new Size(500 + i % 5, 700));
    }
    sizes.add(new Size(3000, 2000));
    assertThat(SizeClusters.of(sizes, 3))
        .containsExactlyInAnyOrder(
            new SizeClusters.Cluster(new Size(101, 100), 30),
            new SizeClusters.Cluster(new Size(502, 700), 30),
            new SizeClusters.Cluster(new Size(3000, 2000), 1));
    assertThat(SizeClusters.of(sizes.subList(0, 1), 3)).hasSize(1);
  }

  @Test
  void aRampSurvivesShrinkingAndAFinePatternDoesNot() {
    byte[] ramp = new byte[64 * 64];
    byte[] stripes = new byte[64 * 64];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (2 * (i % 64));
      stripes[i] = (byte) (i % 2 == 0 ? 255 : 0);
    }
    byte[] rampSmall = new byte[16 * 16];
    byte[] grey = new byte[16 * 16];
    for (int i = 0; i < grey.length; i++) {
      rampSmall[i] = (byte) (8 * (i % 16) + 3);
      grey[i] = 127;
    }
    DetailLoss kept = DetailLoss.between(new Grid(ramp, 64, 64), new Grid(rampSmall, 16, 16));
    assertThat(kept.rms()).isLessThan(1.0);
    assertThat(kept.gradient()).isLessThan(0.1);
    DetailLoss lost = DetailLoss.between(new Grid(stripes, 64, 64), new Grid(grey, 16, 16));
    assertThat(lost.gradient()).isCloseTo(1.0, within(1e-9));
    assertThat(lost.rms()).isCloseTo(127.5, within(0.1));
  }

  @Test
  void eachCandidateIsMeasuredAndDrawn() throws IOException {
    for (int seed = 0; seed < 4; seed++) {
      Drawn.jpeg(folder.resolve("healthy/" + seed + ".jpg"), seed, Kind.HEALTHY);
    }
    Drawn.text(folder.resolve("healthy/x.jpg"), "no image");
    ResolutionReport report =
        new Resolution(folder, Drawn.DECODER, Watcher.NONE)
            .run(Samples.of(folder, "auto", ClassWords.standard()), 3, 3, 1);
    assertThat(report.sizes()).hasSize(4);
    assertThat(report.candidates()).hasSize(8);
    assertThat(report.candidates())
        .extracting(ResolutionReport.Candidate::gradient)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    Path png = folder.resolve("figure.png");
    ResolutionFigure.write(report, png);
    assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(900);
  }
}
