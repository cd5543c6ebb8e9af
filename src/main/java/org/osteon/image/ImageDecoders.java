package org.osteon.image;

import java.util.List;

/** Where image decoders come from. */
public final class ImageDecoders {
  private ImageDecoders() {}

  /**
   * Reads JPEG, PNG, BMP and TIFF; formats that it knows but does not read are {@link
   * ImageFault#UNSUPPORTED_FORMAT}.
   *
   * @param limits what is refused before a pixel is decoded
   */
  public static ImageDecoder standard(ImageLimits limits) {
    return new StandardImageDecoder(
        limits,
        List.of(
            new JpegFormat(),
            new PngFormat(),
            new TiffFormat(),
            new BmpFormat(),
            new UnreadFormat()));
  }
}
