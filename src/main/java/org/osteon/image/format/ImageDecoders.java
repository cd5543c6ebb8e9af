package org.osteon.image.format;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.Loader;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageLimits;

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
    return ImageFormats.STANDARD.decoder(limits);
  }

  /** Loads now what else would be loaded with the first image that needs it. */
  public static void preload() {
    Loader.load(avcodec.class);
  }
}
