package org.osteon.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.image.format.ImageDecoders;

class RefusalTest {
  @Test
  void nothingIsEmpty() {
    assertThat(DecodedPlane.faultOf(new byte[0])).isEqualTo(ImageFault.EMPTY_IMAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%PDF-1.7 and so on", "<svg xmlns=''/>", "BMW is no bitmap at all"})
  void otherFilesAreNoImages(String text) {
    assertThat(DecodedPlane.faultOf(text.getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(ImageFault.NOT_AN_IMAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GIF89a......", "RIFF....WEBPVP8 ", "....ftypavif....", "....jP  ...."})
  void knownFormatsThatAreNotReadAreNamedSo(String magic) {
    assertThat(DecodedPlane.faultOf(magic.getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(ImageFault.UNSUPPORTED_FORMAT);
  }

  @Test
  void aDicomFileWithoutAPictureIsNamedSo() {
    byte[] file = new byte[132];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, file, 128, 4);
    assertThat(DecodedPlane.faultOf(file)).isEqualTo(ImageFault.NO_PIXEL_DATA);
  }

  @Test
  void theLimitOfBytesComesFirstAndIsExact() {
    byte[] file = Quadrants.greyJpeg();
    assertThat(decode(file, new ImageLimits(file.length, 64 * 48)))
        .isInstanceOf(Decoding.Decoded.class);
    assertThat(decode(file, new ImageLimits(file.length - 1L, 64 * 48)))
        .extracting("fault")
        .isEqualTo(ImageFault.TOO_MANY_BYTES);
    assertThat(decode(file, new ImageLimits(file.length, 64 * 48 - 1)))
        .extracting("fault")
        .isEqualTo(ImageFault.TOO_MANY_PIXELS);
  }

  @Test
  void theCallersBytesAreNotChanged() {
    byte[] file = Quadrants.jpegWithOrientation(Quadrants.greyJpeg(), 6);
    byte[] before = file.clone();
    DecodedPlane.of(file, DecodedPlane.SAME_SIZE);
    assertThat(Arrays.equals(file, before)).isTrue();
  }

  private static Decoding decode(byte[] file, ImageLimits limits) {
    Decoding decoding = ImageDecoders.standard(limits).decode(file, DecodedPlane.SAME_SIZE);
    if (decoding instanceof Decoding.Decoded decoded) {
      decoded.close();
    }
    return decoding;
  }
}
