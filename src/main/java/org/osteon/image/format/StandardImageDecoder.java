package org.osteon.image.format;

import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.Decoding;
import org.osteon.image.Header;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageFormat;
import org.osteon.image.ImageInfo;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.OpenedImage;
import org.osteon.image.PlaneSize;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.GreyPixels;
import org.osteon.image.pixels.NativeImages;

/**
 * Finds the format by its first bytes, applies the limits, and turns every failure into a reason.
 *
 * <p><b>Threading.</b> Immutable; safe for any number of threads.
 */
final class StandardImageDecoder implements ImageDecoder {
  private final ImageLimits limits;
  private final List<ImageFormat> formats;

  StandardImageDecoder(ImageLimits limits, List<ImageFormat> formats) {
    this.limits = limits;
    this.formats = List.copyOf(formats);
    NativeImages.load();
  }

  @Override
  public Decoding decode(byte[] bytes, InputSpec spec) {
    try {
      return decoded(bytes, spec);
    } catch (RejectedImageException refused) {
      return refused.toRejected();
    } catch (RuntimeException unforeseen) {
      if (NativeImages.lackedMemory()) {
        return new Decoding.Rejected(
            ImageFault.DECODE_TOO_LARGE, "Its pixels take more memory than one image may.");
      }
      // A parser's own exception, OpenCV's included, is about these bytes: they are the input.
      return new Decoding.Rejected(
          ImageFault.CORRUPT_IMAGE,
          "The pixels cannot be decoded (" + unforeseen.getClass().getSimpleName() + ").");
    }
  }

  private Decoding.Decoded decoded(byte[] bytes, InputSpec spec) throws RejectedImageException {
    if (bytes.length == 0) {
      throw new RejectedImageException(ImageFault.EMPTY_IMAGE, "There are no bytes.");
    }
    if (bytes.length > limits.maxBytes()) {
      throw new RejectedImageException(
          ImageFault.TOO_MANY_BYTES,
          "%d bytes are more than the %d allowed.".formatted(bytes.length, limits.maxBytes()));
    }
    ImageFormat format = formatOf(bytes);
    OpenedImage image = format.open(bytes);
    Header header = image.header();
    checkSize(header);
    image.verify();

    ImageInfo info = header.info();
    PlaneSize drawn = PlaneSize.drawn(info.width(), info.height(), spec);
    boolean swapped = header.orientation().swapsAxes();
    Mat stored = image.pixels(swapped ? drawn.transposed() : drawn);
    checkVaries(stored);
    Mat displayed = header.orientation().apply(stored);
    if (displayed != stored) {
      stored.close();
    }
    return new GreyPixels(info, displayed);
  }

  /** A picture of one value is none, whatever its format. */
  private static void checkVaries(Mat grey) throws RejectedImageException {
    if (NativeImages.isUniform(grey)) {
      grey.close();
      throw new RejectedImageException(
          ImageFault.DEGENERATE_IMAGE, "All pixels have one value: there is nothing to see.");
    }
  }

  private ImageFormat formatOf(byte[] bytes) throws RejectedImageException {
    for (ImageFormat format : formats) {
      if (format.recognises(bytes)) {
        return format;
      }
    }
    throw new RejectedImageException(
        ImageFault.NOT_AN_IMAGE, "The first bytes are those of no image format.");
  }

  private void checkSize(Header header) throws RejectedImageException {
    long width = header.width();
    long height = header.height();
    if (width < 1 || height < 1) {
      throw RejectedImageException.corrupt("The header claims a size of zero.");
    }
    // Divided, not multiplied: two 32-bit sides overflow a long's sign.
    if (width > Integer.MAX_VALUE
        || height > Integer.MAX_VALUE
        || width > limits.maxPixels() / height) {
      throw new RejectedImageException(
          ImageFault.TOO_MANY_PIXELS,
          "%d × %d pixels are more than the %d allowed."
              .formatted(width, height, limits.maxPixels()));
    }
  }
}
