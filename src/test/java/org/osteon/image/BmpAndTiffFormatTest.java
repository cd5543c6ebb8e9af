package org.osteon.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BmpAndTiffFormatTest {
  private static final BufferedImage GREY = Quadrants.image(BufferedImage.TYPE_BYTE_GRAY);
  private static final BufferedImage COLOUR = Quadrants.image(BufferedImage.TYPE_3BYTE_BGR);
  private static final BufferedImage DEEP = Quadrants.image(BufferedImage.TYPE_USHORT_GRAY);

  @Test
  void bitmapsShowTheSamePicture() {
    for (BufferedImage image : new BufferedImage[] {GREY, COLOUR}) {
      DecodedPlane plane =
          DecodedPlane.of(Quadrants.file("bmp", image, false), DecodedPlane.SAME_SIZE);
      plane.showsQuadrants(1);
      assertThat(plane.info()).isEqualTo(new ImageInfo("image/bmp", 64, 48));
    }
  }

  @Test
  void aCutBitmapIsTruncated() {
    byte[] whole = Quadrants.file("bmp", COLOUR, false);
    for (int length = 20; length < whole.length; length += 301) {
      assertThat(DecodedPlane.faultOf(Arrays.copyOf(whole, length)))
          .isEqualTo(ImageFault.TRUNCATED_IMAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LZW", "ZLib", "Deflate", "PackBits"})
  void tiffOfEachCompressionShowsTheSamePicture(String compression) {
    DecodedPlane.of(Quadrants.tiff(GREY, compression), DecodedPlane.SAME_SIZE).showsQuadrants(0);
    DecodedPlane.of(Quadrants.tiff(COLOUR, compression), DecodedPlane.SAME_SIZE).showsQuadrants(1);
  }

  @Test
  void sixteenBitTiffIsScaledByItsOwnRange() {
    assertThat(DecodedPlane.of(Quadrants.tiff(DEEP, ""), DecodedPlane.SAME_SIZE).quarters())
        .containsExactly(0, 81, 162, 255);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void tiffWhoseZeroIsWhiteIsTurnedRound(int bits) {
    byte[] file = Quadrants.tiff(bits == 8 ? GREY : DEEP, "");
    ByteBuffer entry = entry(file, 262);
    entry.putShort(entry.position() + 8, (short) 0);
    int[] quarters = DecodedPlane.of(file, DecodedPlane.SAME_SIZE).quarters();
    assertThat(quarters).isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void aCutTiffIsTruncated() {
    // The Java writer puts the directory first, so every cut is one of pixels.
    byte[] whole = Quadrants.tiff(GREY, "");
    for (int length = 5; length < whole.length; length += 101) {
      assertThat(DecodedPlane.faultOf(Arrays.copyOf(whole, length)))
          .isEqualTo(ImageFault.TRUNCATED_IMAGE);
    }
  }

  @Test
  void compressionsThatAreNotReadAreNamedSo() {
    assertThat(DecodedPlane.faultOf(Quadrants.tiff(COLOUR, "JPEG")))
        .isEqualTo(ImageFault.UNSUPPORTED_FORMAT);
  }

  @Test
  void aClaimOfManyPixelsIsRefused() {
    byte[] file = Quadrants.tiff(GREY, "");
    ByteBuffer entry = entry(file, 256);
    entry.putShort(entry.position() + 2, (short) 4);
    entry.putInt(entry.position() + 8, Integer.MAX_VALUE);
    assertThat(DecodedPlane.faultOf(file)).isEqualTo(ImageFault.TOO_MANY_PIXELS);
  }

  /** Positioned at the directory entry of a tag. */
  static ByteBuffer entry(byte[] tiff, int tag) {
    ByteBuffer in = ByteBuffer.wrap(tiff);
    in.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int at = in.getInt(4);
    for (int i = 0; i < in.getShort(at); i++) {
      if ((in.getShort(at + 2 + 12 * i) & 0xFFFF) == tag) {
        return in.position(at + 2 + 12 * i);
      }
    }
    throw new AssertionError("no tag " + tag);
  }
}
