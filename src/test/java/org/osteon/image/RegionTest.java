package org.osteon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RegionTest {
  private static final InputSpec SQUARE = new InputSpec(224, 224, InputSpec.Resize.LETTERBOX);
  private static final double CLOSE = 1e-9;

  @Test
  void partsOfAPlaneBecomePartsOfThePictureInIt() {
    // Twice as high as wide: it fills the plane's height and the middle half of its width.
    PlaneSize tall = PlaneSize.drawn(1000, 2000, SQUARE);
    Region found = new Region(0.375, 0.1, 0.5, 0.2, 0.7).inPicture(tall, SQUARE);
    assertThat(found.x0()).isCloseTo(0.25, within(CLOSE));
    assertThat(found.x1()).isCloseTo(0.5, within(CLOSE));
    assertThat(found.y0()).isCloseTo(0.1, within(CLOSE));
    assertThat(found.y1()).isCloseTo(0.2, within(CLOSE));
    assertThat(found.score()).isEqualTo(0.7);
  }

  @Test
  void whatLiesBesideThePictureIsCutOff() {
    PlaneSize wide = PlaneSize.drawn(2000, 1000, SQUARE);
    assertThat(new Region(0.4, 0.0, 0.6, 0.2, 1).inPicture(wide, SQUARE).hasArea()).isFalse();
    Region half = new Region(0.4, 0.0, 0.6, 0.5, 1).inPicture(wide, SQUARE);
    assertThat(half.hasArea()).isTrue();
    assertThat(half.y0()).isZero();
    assertThat(half.y1()).isCloseTo(0.5, within(CLOSE));
  }

  @Test
  void aStretchedPictureIsThePlane() {
    InputSpec stretched = new InputSpec(64, 64, InputSpec.Resize.STRETCH);
    Region found = new Region(0.25, 0.5, 0.75, 1, 1);
    assertThat(found.inPicture(PlaneSize.drawn(10, 3000, stretched), stretched)).isEqualTo(found);
  }
}
