package org.osteon.image;

import java.util.List;
import org.osteon.image.ImageFormat.Header;

/**
 * Finds the format, holds its header against the limits, and only then decodes.
 *
 * <p><b>Threading.</b> Stateless.
 */
final class FormatDecoder implements ImageDecoder {
  private final List<ImageFormat> formats;
  private final ImageLimits limits;

  FormatDecoder(List<ImageFormat> formats, ImageLimits limits) {
    this.formats = formats;
    this.limits = limits;
  }

  @Override
  public Decoding decode(byte[] bytes, InputSpec spec) {
    try {
      checkBytes(bytes);
      ImageFormat format = format(bytes);
      Header header = format.header(bytes);
      checkPixels(header);
      ImageInfo info =
          new ImageInfo(format.contentType(), header.displayedWidth(), header.displayedHeight());
      return OpenCvPixels.decode(bytes, header, info, spec);
    } catch (FaultException e) {
      return new Decoding.Rejected(e.fault, String.valueOf(e.getMessage()));
    }
  }

  private void checkBytes(byte[] bytes) throws FaultException {
    if (bytes.length == 0) {
      throw new FaultException(ImageFault.EMPTY_IMAGE, "The image has no bytes.");
    }
    if (bytes.length > limits.maxBytes()) {
      throw new FaultException(
          ImageFault.TOO_MANY_BYTES,
          "The image has %d bytes, more than image.max.bytes = %d."
              .formatted(bytes.length, limits.maxBytes()));
    }
  }

  private ImageFormat format(byte[] bytes) throws FaultException {
    for (ImageFormat format : formats) {
      if (format.matches(bytes)) {
        return format;
      }
    }
    throw new FaultException(ImageFault.NOT_AN_IMAGE, "The bytes are of no known image format.");
  }

  private void checkPixels(Header header) throws FaultException {
    if (header.width() < 1 || header.height() < 1) {
      throw new FaultException(ImageFault.CORRUPT_IMAGE, "The image is said to have no pixels.");
    }
    if ((long) header.width() * header.height() > limits.maxPixels()) {
      throw new FaultException(
          ImageFault.TOO_MANY_PIXELS,
          "The image has %d × %d pixels, more than image.max.pixels = %d."
              .formatted(header.width(), header.height(), limits.maxPixels()));
    }
  }
}
