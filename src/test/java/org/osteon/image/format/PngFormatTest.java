package org.osteon.image.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.image.DecodedPlane;
import org.osteon.image.HandmadePng;
import org.osteon.image.ImageFault;
import org.osteon.image.Quadrants;

class PngFormatTest {
  @ParameterizedTest
  @CsvSource({"1, 127", "2, 43", "4, 9", "8, 0"})
  void greyOfAnyDepthSpansBlackToWhite(int bits, int tolerance) {
    int most = (1 << bits) - 1;
    byte[] file =
        HandmadePng.of(
            bits, 0, (x, y) -> new int[] {Math.round(Quadrants.grey(x, y) * most / 255f)});
    DecodedPlane.of(file, DecodedPlane.SAME_SIZE).showsQuadrants(tolerance);
  }

  @Test
  void sixteenBitsAreScaledByTheirOwnRange() {
    // All four greys have the same high byte: cut to it, the picture would be one flat field.
    byte[] file = HandmadePng.of(16, 0, (x, y) -> new int[] {0x0300 + Quadrants.grey(x, y)});
    int[] quarters = DecodedPlane.of(file, DecodedPlane.SAME_SIZE).quarters();
    assertThat(quarters).containsExactly(0, 81, 162, 255);
  }

  @Test
  void sixteenBitsOfOneGreyAreNoPicture() {
    byte[] file = HandmadePng.of(16, 0, (x, y) -> new int[] {40_000});
    assertThat(DecodedPlane.faultOf(file)).isEqualTo(ImageFault.DEGENERATE_IMAGE);
  }

  @Test
  void colourAndPaletteBecomeLuminance() {
    int[] colour = {200, 100, 50};
    int luminance = Math.round(0.299f * 200 + 0.587f * 100 + 0.114f * 50);
    byte[] direct = HandmadePng.of(8, 2, (x, y) -> x + y == 0 ? new int[3] : colour);
    byte[] palette =
        new HandmadePng()
            .header(Quadrants.WIDTH, Quadrants.HEIGHT, 4, 3)
            .chunk("PLTE", new byte[] {0, 0, 0, (byte) 200, 100, 50})
            .data(HandmadePng.rows(4, (x, y) -> new int[] {x + y == 0 ? 0 : 1}))
            .end();
    assertThat(DecodedPlane.of(direct, DecodedPlane.SAME_SIZE).quarters()).containsOnly(luminance);
    assertThat(DecodedPlane.of(palette, DecodedPlane.SAME_SIZE).quarters()).containsOnly(luminance);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void transparencyIsBlackWithEitherColourType(int bits) {
    int most = (1 << bits) - 1;
    byte[] grey = HandmadePng.of(bits, 4, (x, y) -> new int[] {most, x < 32 ? 0 : most});
    byte[] colour =
        HandmadePng.of(bits, 6, (x, y) -> new int[] {most, most, most, x < 32 ? 0 : most});
    assertThat(DecodedPlane.of(grey, DecodedPlane.SAME_SIZE).quarters())
        .containsExactly(0, 255, 0, 255);
    assertThat(DecodedPlane.of(colour, DecodedPlane.SAME_SIZE).quarters())
        .containsExactly(0, 255, 0, 255);
  }

  @Test
  void aTransparentPaletteEntryIsBlack() {
    byte[] file =
        new HandmadePng()
            .header(Quadrants.WIDTH, Quadrants.HEIGHT, 8, 3)
            .chunk("PLTE", new byte[] {-1, -1, -1, -1, -1, -1})
            .chunk("tRNS", new byte[] {0, -1})
            .data(HandmadePng.rows(8, (x, y) -> new int[] {x < 32 ? 0 : 1}))
            .end();
    assertThat(DecodedPlane.of(file, DecodedPlane.SAME_SIZE).quarters())
        .containsExactly(0, 255, 0, 255);
  }

  @Test
  void interlacedIsTheSamePicture() {
    BufferedImage grey = Quadrants.image(BufferedImage.TYPE_BYTE_GRAY);
    byte[] file = Quadrants.file("png", grey, true);
    assertThat(file[28]).as("interlace method").isEqualTo((byte) 1);
    DecodedPlane.of(file, DecodedPlane.SAME_SIZE).showsQuadrants(0);
  }

  @Test
  void aCutFileIsTruncatedWhereverItIsCut() {
    byte[] whole = Quadrants.file("png", Quadrants.enlarged(2), false);
    for (int length = 8; length < whole.length; length += 5) {
      assertThat(DecodedPlane.faultOf(Arrays.copyOf(whole, length)))
          .isEqualTo(ImageFault.TRUNCATED_IMAGE);
    }
  }

  @Test
  void anyChangedByteBehindTheSignatureIsNoticed() {
    byte[] whole = Quadrants.file("png", Quadrants.image(BufferedImage.TYPE_BYTE_GRAY), false);
    for (int at = 8; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x20;
      assertThat(DecodedPlane.faultOf(changed)).isNotNull();
    }
  }

  @Test
  void rowsMissingFromTheDataAreNoticedEvenWithGoodChecksums() {
    byte[] rows = HandmadePng.rows(8, (x, y) -> new int[] {Quadrants.grey(x, y)});
    byte[] file =
        new HandmadePng()
            .header(Quadrants.WIDTH, Quadrants.HEIGHT, 8, 0)
            .data(Arrays.copyOf(rows, rows.length / 2))
            .end();
    assertThat(DecodedPlane.faultOf(file)).isEqualTo(ImageFault.CORRUPT_IMAGE);
  }

  @Test
  void aSmallFileThatClaimsManyPixelsIsRefusedBeforeTheyAreDecoded() {
    byte[] file = new HandmadePng().header(1 << 30, 1 << 30, 16, 6).data(new byte[100]).end();
    assertThat(DecodedPlane.faultOf(file)).isEqualTo(ImageFault.TOO_MANY_PIXELS);
  }

  @Test
  void animationTextAndOrientationAreMetadataNotPixels() {
    byte[] rows = HandmadePng.rows(8, (x, y) -> new int[] {Quadrants.grey(x, y)});
    byte[] file =
        new HandmadePng()
            .header(Quadrants.WIDTH, Quadrants.HEIGHT, 8, 0)
            .chunk("acTL", ByteBuffer.allocate(8).putInt(900).putInt(0).array())
            .chunk("eXIf", Quadrants.exif(3))
            .data(rows)
            .end();
    int[] g = Quadrants.GREYS;
    assertThat(DecodedPlane.of(file, DecodedPlane.SAME_SIZE).quarters())
        .containsExactly(g[3], g[2], g[1], g[0]);
  }
}
