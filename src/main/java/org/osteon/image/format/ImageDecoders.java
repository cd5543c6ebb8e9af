package org.osteon.image.format;

import java.util.List;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageLimits;
import org.osteon.image.jpeg.JpegFormat;

/** Where image decoders come from. */
public final class ImageDecoders {
  private ImageDecoders() {}

  /**
   * Reads JPEG, PNG, DICOM, BMP and TIFF; formats that it knows but does not read are {@link
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
            // Before TIFF: a DICOM file's preamble may be a TIFF header.
            new DicomFormat(),
            new TiffFormat(),
            new BmpFormat(),
            new UnreadFormat()));
  }
}
