package org.osteon.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.image.DecodedPlane;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageInfo;
import org.osteon.image.InputSpec;
import org.osteon.image.Quadrants;

class JpegFormatTest {
  @Test
  void greyColourProgressiveAndCmykShowTheSamePicture() {
    BufferedImage grey = Quadrants.image(BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage colour = Quadrants.image(BufferedImage.TYPE_INT_RGB);
    for (byte[] file :
        new byte[][] {
          Quadrants.file("jpeg", grey, false),
          Quadrants.file("jpeg", grey, true),
          Quadrants.file("jpeg", colour, false),
          Quadrants.file("jpeg", colour, true),
          Quadrants.cmykJpeg()
        }) {
      DecodedPlane plane = DecodedPlane.of(file, DecodedPlane.SAME_SIZE);
      plane.showsQuadrants(3);
      assertThat(plane.info()).isEqualTo(new ImageInfo("image/jpeg", 64, 48));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 17, 40})
  void anyFractionOfALargePictureShowsTheSame(int factor) {
    byte[] file = Quadrants.file("jpeg", Quadrants.enlarged(factor), false);
    DecodedPlane plane = DecodedPlane.of(file, new InputSpec(48, 64, InputSpec.Resize.LETTERBOX));
    plane.showsQuadrants(3);
    assertThat(plane.info().width()).isEqualTo(64 * factor);
  }

  @Test
  void aCutFileIsTruncatedWhereverItIsCut() {
    byte[] whole = Quadrants.file("jpeg", Quadrants.enlarged(2), true);
    for (int length = 3; length < whole.length; length += 7) {
      assertThat(DecodedPlane.faultOf(Arrays.copyOf(whole, length)))
          .as("%d of %d bytes", length, whole.length)
          .isEqualTo(ImageFault.TRUNCATED_IMAGE);
    }
  }

  @Test
  void anEndMarkerDoesNotHideThatTheScanIsMissing() {
    byte[] whole = Quadrants.file("jpeg", Quadrants.enlarged(20), false);
    int scan = indexOf(whole, 0xDA);
    int data = scan + 2 + (whole[scan + 3] & 0xFF);
    byte[] cut = Arrays.copyOf(whole, data + 40);
    cut[data + 38] = (byte) 0xFF;
    cut[data + 39] = (byte) 0xD9;
    assertThat(DecodedPlane.faultOf(cut)).isEqualTo(ImageFault.TRUNCATED_IMAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC3, 0xC5, 0xC9, 0xCB, 0xF7})
  void processesThatAreNotReadAreNamedSo(int frame) {
    byte[] file = Quadrants.greyJpeg();
    file[indexOf(file, 0xC0) + 1] = (byte) frame;
    assertThat(DecodedPlane.faultOf(file)).isEqualTo(ImageFault.UNSUPPORTED_FORMAT);
  }

  @Test
  void twelveBitsAreUnsupported() {
    byte[] file = Quadrants.greyJpeg();
    file[indexOf(file, 0xC0) + 4] = 12;
    assertThat(DecodedPlane.faultOf(file)).isEqualTo(ImageFault.UNSUPPORTED_FORMAT);
  }

  @Test
  void missingTablesAreCorrupt() {
    byte[] file = Quadrants.greyJpeg();
    file[indexOf(file, 0xDB) + 1] = (byte) 0xFE; // the quantisation table becomes a comment
    assertThat(DecodedPlane.faultOf(file)).isEqualTo(ImageFault.CORRUPT_IMAGE);
  }

  @Test
  void claimedPixelsAreRefusedBeforeAnyIsDecoded() {
    byte[] file = Quadrants.greyJpeg();
    Arrays.fill(file, indexOf(file, 0xC0) + 5, indexOf(file, 0xC0) + 9, (byte) 0xFF);
    assertThat(DecodedPlane.faultOf(file)).isEqualTo(ImageFault.TOO_MANY_PIXELS);
  }

  private static int indexOf(byte[] jpeg, int marker) {
    for (int i = 0; i < jpeg.length - 1; i++) {
      if (jpeg[i] == (byte) 0xFF && (jpeg[i + 1] & 0xFF) == marker) {
        return i;
      }
    }
    throw new AssertionError("no such marker");
  }
}
