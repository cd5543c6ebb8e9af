package org.osteon.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Drawn;
import org.osteon.dataset.Sample;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.Workers;
import org.osteon.dataset.layout.Samples;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

class NearDuplicatesTest {
  @TempDir Path folder;

  @Test
  void aPictureThatWasMirroredAndShrunkIsTheSame() throws IOException {
    for (int seed = 0; seed < 8; seed++) {
      Drawn.jpeg(folder.resolve("healthy/" + seed + ".jpg"), seed, Kind.HEALTHY);
      Drawn.mirrored(folder.resolve("healthy/" + seed + "-m.png"), seed, Kind.HEALTHY);
    }
    Drawn.text(folder.resolve("healthy/x.jpg"), "no image");
    List<Sample> samples = Samples.of(folder, "auto", ClassWords.standard());
    List<NearDuplicates.Pair> pairs = pairs(folder, samples);
    for (int seed = 0; seed < 8; seed++) {
      int first = 2 * seed;
      assertThat(pairs).anyMatch(p -> p.first() == first && p.second() == first + 1);
    }
    assertThat(Groups.merged(samples, pairs).get(1).group()).isEqualTo("healthy/0-m.png");
  }

  @Test
  void picturesOfOthersAreNotTheSame() throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      Path file = Files.createDirectories(folder.resolve("healthy")).resolve(seed + ".png");
      ImageIO.write(blocks(new Random(seed)), "png", file.toFile());
    }
    assertThat(pairs(folder, Samples.of(folder, "auto", ClassWords.standard()))).isEmpty();
  }

  /** Drawn radiographs are all of one kind of limb, so some of them do look alike. */
  private static BufferedImage blocks(Random random) {
    BufferedImage image = new BufferedImage(240, 240, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    for (int i = 0; i < 36; i++) {
      int grey = random.nextInt(256);
      g.setColor(new Color(grey, grey, grey));
      g.fillRect(i % 6 * 40, i / 6 * 40, 40, 40);
    }
    g.dispose();
    return image;
  }

  private static List<NearDuplicates.Pair> pairs(Path folder, List<Sample> samples) {
    try (Workers workers = new Workers()) {
      return NearDuplicates.pairs(
          Fingerprints.of(folder, Drawn.DECODER, samples, workers, Watcher.NONE));
    }
  }
}
