package org.osteon.demo.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/** What the demo's rooms take: the same bones, seen by another detector. */
class RoomTest {
  @Test
  void theNewDetectorUsesAThirdOfTheGreysAndShowsTheSameBones() throws Exception {
    for (long seed = 1; seed < 7; seed++) {
      BufferedImage old = image(Room.OLD, seed);
      BufferedImage changed = image(Room.NEW, seed);
      assertThat(changed.getWidth()).isEqualTo(old.getWidth());
      assertThat(mean(changed) / mean(old)).isBetween(0.25, 0.5);
      assertThat(Room.NEW.take(seed).kind()).isEqualTo(Room.OLD.take(seed).kind());
      assertThat(Room.NEW.take(seed).jpeg()).isEqualTo(Room.NEW.take(seed).jpeg());
    }
  }

  @Test
  void halfOfThePatientsAreHealthy() {
    Map<Kind, Integer> counts = new TreeMap<>();
    for (long seed = 500_000; seed < 500_400; seed++) {
      counts.merge(Room.kind(seed), 1, Integer::sum);
    }
    assertThat(counts)
        .isEqualTo(Map.of(Kind.HEALTHY, 200, Kind.FRACTURED, 100, Kind.BEYOND_REPAIR, 100));
  }

  private static BufferedImage image(Room room, long seed) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(room.take(seed).jpeg()));
  }

  private static double mean(BufferedImage image) {
    double sum = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        sum += image.getRaster().getSample(x, y, 0);
      }
    }
    return sum / image.getWidth() / image.getHeight();
  }
}
