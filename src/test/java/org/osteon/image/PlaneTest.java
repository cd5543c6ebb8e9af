package org.osteon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PlaneTest {
  private static final byte[] FILE =
      Quadrants.file("png", Quadrants.image(BufferedImage.TYPE_BYTE_GRAY), false);

  @Test
  void letterboxKeepsTheShapeAndFillsWithBlack() {
    DecodedPlane plane = DecodedPlane.of(FILE, new InputSpec(32, 32, InputSpec.Resize.LETTERBOX));
    // 64 × 48 becomes 32 × 24 with four black rows above and below.
    assertThat(new int[] {plane.at(5, 3), plane.at(5, 4), plane.at(5, 27), plane.at(5, 28)})
        .containsExactly(0, Quadrants.GREYS[0], Quadrants.GREYS[2], 0);
  }

  @Test
  void stretchFillsThePlane() {
    DecodedPlane plane = DecodedPlane.of(FILE, new InputSpec(32, 32, InputSpec.Resize.STRETCH));
    plane.showsQuadrants(0);
    assertThat(plane.at(0, 0)).isEqualTo(Quadrants.GREYS[0]);
    assertThat(plane.at(31, 31)).isEqualTo(Quadrants.GREYS[3]);
  }

  @Test
  void enlargingShowsTheSamePicture() {
    DecodedPlane.of(FILE, new InputSpec(480, 640, InputSpec.Resize.LETTERBOX)).showsQuadrants(0);
    DecodedPlane.of(FILE, new InputSpec(20, 640, InputSpec.Resize.STRETCH)).showsQuadrants(0);
  }

  @Test
  void aThinLineIsAveragedNotSkipped() {
    BufferedImage line = new BufferedImage(640, 640, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 640; y++) {
      line.getRaster().setSample(321, y, 0, 255);
    }
    byte[] file = Quadrants.file("png", line, false);
    DecodedPlane plane = DecodedPlane.of(file, new InputSpec(64, 64, InputSpec.Resize.LETTERBOX));
    assertThat(plane.at(32, 32)).isBetween(25, 26);
  }

  @Test
  void aPlaneLandsInItsSlotAndNowhereElse() {
    InputSpec spec = DecodedPlane.SAME_SIZE;
    ByteBuffer batch = ByteBuffer.allocateDirect(3 * spec.planeBytes());
    for (int i = 0; i < batch.capacity(); i++) {
      batch.put(i, (byte) 7);
    }
    batch.position(spec.planeBytes());
    try (Decoding.Decoded decoded = (Decoding.Decoded) DecodedPlane.DECODER.decode(FILE, spec)) {
      decoded.writeTo(batch, spec);
    }
    assertThat(batch.position()).isEqualTo(2 * spec.planeBytes());
    assertThat(batch.get(spec.planeBytes() - 1)).isEqualTo((byte) 7);
    assertThat(batch.get(spec.planeBytes())).isEqualTo((byte) Quadrants.GREYS[0]);
    assertThat(batch.get(2 * spec.planeBytes() - 1)).isEqualTo((byte) Quadrants.GREYS[3]);
    assertThat(batch.get(2 * spec.planeBytes())).isEqualTo((byte) 7);
  }

  @Test
  void aSlotThatIsTooSmallIsTheCallersErrorAndNothingIsWritten() {
    ByteBuffer small = ByteBuffer.allocateDirect(10);
    try (Decoding.Decoded decoded =
        (Decoding.Decoded) DecodedPlane.DECODER.decode(FILE, DecodedPlane.SAME_SIZE)) {
      assertThatThrownBy(() -> decoded.writeTo(small, DecodedPlane.SAME_SIZE))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(small.position()).isZero();
  }
}
