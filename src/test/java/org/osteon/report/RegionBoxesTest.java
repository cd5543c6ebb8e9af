package org.osteon.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osteon.event.ImageSummary;
import org.osteon.event.Region;
import org.osteon.image.InputSpec;

class RegionBoxesTest {
  private static final int SIDE = 200;

  @Test
  void aBoxLiesWhereThePictureIsInThePlane() {
    BufferedImage over = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
    // Twice as high as wide: the picture has the plane's middle half.
    ImageSummary tall = new ImageSummary("00", "image/png", 500, 1000, null, null);
    Region lowerRight = new Region(0.5, 0.5, 1.0, 1.0, 0.9);
    RegionBoxes.draw(over, List.of(lowerRight), tall, InputSpec.Resize.LETTERBOX);
    assertThat(drawn(over, 100, 150)).as("left edge").isTrue();
    assertThat(drawn(over, 150, 150)).as("right edge").isTrue();
    assertThat(drawn(over, 125, 100)).as("top edge").isTrue();
    assertThat(drawn(over, 125, 150)).as("within").isFalse();
    assertThat(drawn(over, 50, 150)).as("the picture's left edge").isFalse();
    assertThat(drawn(over, 199, 150)).as("beside the picture").isFalse();
  }

  private static boolean drawn(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >>> 24 != 0;
  }
}
