package org.osteon.image.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.osteon.image.Decoding;
import org.osteon.image.Header;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageFormat;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.OpenedImage;
import org.osteon.image.Orientation;
import org.osteon.image.PlaneSize;
import org.osteon.image.RejectedImageException;

/** The recipe of {@code CONTRIBUTING.md}: another format is one class and one line. */
class AnotherFormatTest {
  private static final ImageFormats FORMATS = ImageFormats.STANDARD.and(new Netpbm());
  private static final InputSpec SPEC = new InputSpec(4, 4, InputSpec.Resize.STRETCH);
  private static final ImageLimits LIMITS = new ImageLimits(1000, 64);

  /** Binary grey maps of 8 bits, {@code P5 WIDTH HEIGHT 255} and the pixels. */
  private static final class Netpbm implements ImageFormat {
    private static final String MEDIA_TYPE = "image/x-portable-graymap";

    @Override
    public List<String> mediaTypes() {
      return List.of(MEDIA_TYPE);
    }

    @Override
    public List<String> fileEndings() {
      return List.of("pgm");
    }

    @Override
    public boolean recognises(byte[] bytes) {
      return bytes.length > 2 && bytes[0] == 'P' && bytes[1] == '5' && bytes[2] == ' ';
    }

    @Override
    public OpenedImage open(byte[] bytes) throws RejectedImageException {
      String[] words = new String(bytes, StandardCharsets.US_ASCII).split("\\s", 5);
      int width = Integer.parseInt(words[1]);
      int height = Integer.parseInt(words[2]);
      int from = String.join(" ", words[0], words[1], words[2], words[3]).length() + 1;
      return new OpenedImage() {
        @Override
        public Header header() {
          return new Header(MEDIA_TYPE, width, height, Orientation.NORMAL);
        }

        @Override
        public void verify() throws RejectedImageException {
          if (bytes.length - from < width * height) {
            throw RejectedImageException.truncated("The grey map ends within its pixels.");
          }
        }

        @Override
        public Mat pixels(PlaneSize drawn) {
          Mat mat = new Mat(height, width, opencv_core.CV_8UC1);
          mat.data().put(bytes, from, width * height);
          return mat;
        }
      };
    }
  }

  @Test
  void itIsDecodedWithinTheLimitsAsEveryOther() {
    byte[] file = "P5 2 2 255\nabcd".getBytes(StandardCharsets.US_ASCII);
    Decoding decoding = FORMATS.decoder(LIMITS).decode(file, SPEC);
    assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
    try (Decoding.Decoded decoded = (Decoding.Decoded) decoding) {
      assertThat(decoded.info().contentType()).isEqualTo("image/x-portable-graymap");
      assertThat(decoded.info().width()).isEqualTo(2);
    }
    assertThat(fault("P5 2 2 255\nabc")).isEqualTo(ImageFault.TRUNCATED_IMAGE);
    assertThat(fault("P5 9 9 255\n")).isEqualTo(ImageFault.TOO_MANY_PIXELS);
  }

  @Test
  void everyListKnowsIt() {
    assertThat(FORMATS.fileEndings()).contains("pgm", "jpg", "dcm");
    assertThat(FORMATS.isImage(Path.of("a", "hand.PGM"))).isTrue();
    assertThat(FORMATS.mediaType(Path.of("hand.pgm"))).isEqualTo("image/x-portable-graymap");
    assertThat(FORMATS.mediaType("P5 1 1 255\na".getBytes(StandardCharsets.US_ASCII)))
        .contains("image/x-portable-graymap");
    assertThat(ImageFormats.STANDARD.isImage(Path.of("hand.pgm"))).isFalse();
  }

  private static ImageFault fault(String file) {
    Decoding decoding =
        FORMATS.decoder(LIMITS).decode(file.getBytes(StandardCharsets.US_ASCII), SPEC);
    return ((Decoding.Rejected) decoding).fault();
  }
}
