package org.osteon.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  /** Which stored quarter is displayed at each place, as the EXIF standard draws it. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1, 2, 3",
    "2, 1, 0, 3, 2",
    "3, 3, 2, 1, 0",
    "4, 2, 3, 0, 1",
    "5, 0, 2, 1, 3",
    "6, 2, 0, 3, 1",
    "7, 3, 1, 2, 0",
    "8, 1, 3, 0, 2",
    "9, 0, 1, 2, 3"
  })
  void eachOrientationIsDisplayedUpright(int tag, int a, int b, int c, int d) {
    byte[] file = Quadrants.jpegWithOrientation(Quadrants.greyJpeg(), tag);
    boolean swapped = tag >= 5 && tag <= 8;
    InputSpec upright =
        new InputSpec(swapped ? 64 : 48, swapped ? 48 : 64, InputSpec.Resize.LETTERBOX);

    DecodedPlane plane = DecodedPlane.of(file, upright);

    assertThat(plane.info())
        .isEqualTo(new ImageInfo("image/jpeg", upright.width(), upright.height()));
    int[] expected = IntStream.of(a, b, c, d).map(i -> Quadrants.GREYS[i]).toArray();
    for (int i = 0; i < 4; i++) {
      assertThat(plane.quarters()[i]).isBetween(expected[i] - 3, expected[i] + 3);
    }
  }
}
