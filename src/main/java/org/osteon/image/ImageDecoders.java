package org.osteon.image;

import java.util.List;

/** The decoders there are. */
public final class ImageDecoders {
  private ImageDecoders() {}

  /** Reads JPEG, PNG, BMP and TIFF within limits. */
  public static ImageDecoder standard(ImageLimits limits) {
    return new FormatDecoder(
        List.of(
            new JpegFormat(),
            new PngFormat(),
            new TiffFormat(),
            new UnsupportedFormat(),
            // Last: two letters are a weak sign.
            new BmpFormat()),
        limits);
  }
}
