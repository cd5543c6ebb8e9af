package org.osteon.image.dicom.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.osteon.image.RejectedImageException;
import org.osteon.image.dicom.frame.ImagePixels.Photometric;

/**
 * Colours in JPEG 2000 (written by Pillow) and JPEG-LS (by DCMTK line by line, by GDCM sample by
 * sample), all lossless: {@code colours.rgb} is what they hold, 16 × 16 pixels of 3 bytes.
 */
class CompressedColoursTest {
  private static final int SIDE = 16;

  @Test
  void theLuminanceIsThatOfTheUncompressedPicture() throws Exception {
    int[] expected = new int[SIDE * SIDE];
    byte[] rgb = bytes("colours.rgb");
    for (int i = 0; i < expected.length; i++) {
      expected[i] = DicomSamples.luminance(rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]);
    }
    assertThat(FfmpegFrame.jpeg2000(bytes("colours.j2k"), pixels(3, Photometric.YBR_RCT)))
        .isEqualTo(expected);
    assertThat(FfmpegFrame.jpegLs(bytes("colours.jls"), pixels(3, Photometric.RGB)))
        .isEqualTo(expected);
  }

  @Test
  void ofLuminanceAndChrominanceTheFirstIsTaken() throws Exception {
    int[] expected = new int[SIDE * SIDE];
    byte[] rgb = bytes("colours.rgb");
    for (int i = 0; i < expected.length; i++) {
      expected[i] = rgb[3 * i] & 0xFF;
    }
    assertThat(FfmpegFrame.jpegLs(bytes("colours.jls"), pixels(3, Photometric.YBR_FULL)))
        .isEqualTo(expected);
  }

  @Test
  void samplesThatTakeTurnsAreNotRead() {
    assertThatThrownBy(
            () -> FfmpegFrame.jpegLs(bytes("colours-by-sample.jls"), pixels(3, Photometric.RGB)))
        .isInstanceOf(RejectedImageException.class)
        .hasMessageContaining("not read");
  }

  @Test
  void coloursWhereTheHeaderClaimsGreyAreCorrupt() {
    assertThatThrownBy(
            () -> FfmpegFrame.jpeg2000(bytes("colours.j2k"), pixels(1, Photometric.MONOCHROME2)))
        .isInstanceOf(RejectedImageException.class)
        .hasMessageContaining("not what the header claims");
  }

  private static ImagePixels pixels(int samples, Photometric photometric) {
    return new ImagePixels(SIDE, SIDE, samples, photometric, 8, 8, 7, false, false, 1);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = CompressedColoursTest.class.getResourceAsStream("/dicom/" + name)) {
      return in.readAllBytes();
    }
  }
}
