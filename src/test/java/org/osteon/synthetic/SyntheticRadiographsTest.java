package org.osteon.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.synthetic.SyntheticRadiographs.Radiograph;

class SyntheticRadiographsTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void theSameSeedDrawsTheSameBytes(Kind kind) {
    assertThat(SyntheticRadiographs.draw(42, kind).jpeg())
        .isEqualTo(SyntheticRadiographs.draw(42, kind).jpeg())
        .isNotEqualTo(SyntheticRadiographs.draw(43, kind).jpeg());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aFileIsASmallGreyJpeg(Kind kind) throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      byte[] jpeg = SyntheticRadiographs.draw(seed, kind).jpeg();
      assertThat(jpeg.length).isBetween(8_000, 60_000);
      var image = ImageIO.read(new ByteArrayInputStream(jpeg));
      assertThat(image.getWidth()).isBetween(420, 600);
      assertThat(image.getHeight()).isBetween(420, 600);
      assertThat(image.getRaster().getNumBands()).isEqualTo(1);
    }
  }

  @Test
  void allBodyPartsAreDrawn() {
    Set<String> parts = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      Radiograph drawn = SyntheticRadiographs.draw(seed, Kind.HEALTHY);
      parts.add(drawn.bodyPart());
    }
    assertThat(parts).containsExactlyInAnyOrder("FOREARM", "HAND", "HUMERUS", "WRIST", "LEG");
  }
}
