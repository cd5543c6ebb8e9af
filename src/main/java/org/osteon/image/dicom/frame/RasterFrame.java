package org.osteon.image.dicom.frame;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.osteon.image.RejectedImageException;

/** Frames that an ImageIO plug-in decodes at full depth: JPEG lossless. */
final class RasterFrame {
  private static final ImageReaderSpi JPEG = provider("jpeg", JPEGImageReaderSpi.class);

  private RasterFrame() {}

  /** ITU-T T.81 process 14, by TwelveMonkeys. */
  static int[] jpegLossless(byte[] frame, ImagePixels pixels) throws RejectedImageException {
    CodestreamHeader.jpegLossless(frame, pixels);
    return values(JPEG, frame, pixels);
  }

  private static int[] values(ImageReaderSpi provider, byte[] frame, ImagePixels pixels)
      throws RejectedImageException {
    Raster raster = raster(provider, frame);
    if (raster.getWidth() != pixels.columns() || raster.getHeight() != pixels.rows()) {
      throw RejectedImageException.corrupt(
          "The pixels decode to %d × %d where the header claims %d × %d."
              .formatted(raster.getWidth(), raster.getHeight(), pixels.columns(), pixels.rows()));
    }
    if (raster.getNumBands() != pixels.samples()) {
      throw RejectedImageException.corrupt(
          "The pixels decode to %d samples.".formatted(raster.getNumBands()));
    }
    int n = pixels.pixels();
    int[] first = raster.getSamples(0, 0, pixels.columns(), pixels.rows(), 0, new int[n]);
    if (pixels.samples() == 1) {
      for (int i = 0; i < n; i++) {
        first[i] = pixels.value(first[i] << (pixels.highBit() - pixels.stored() + 1));
      }
      return first;
    }
    if (pixels.photometric() == ImagePixels.Photometric.YBR_FULL) {
      return first;
    }
    int[] green = raster.getSamples(0, 0, pixels.columns(), pixels.rows(), 1, new int[n]);
    int[] blue = raster.getSamples(0, 0, pixels.columns(), pixels.rows(), 2, new int[n]);
    for (int i = 0; i < n; i++) {
      first[i] = DicomSamples.luminance(first[i], green[i], blue[i]);
    }
    return first;
  }

  private static Raster raster(ImageReaderSpi provider, byte[] frame)
      throws RejectedImageException {
    ImageReader reader = null;
    // In memory: the default cache writes a patient's pixels to a temporary file.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(frame))) {
      reader = provider.createReaderInstance();
      reader.setInput(in, true, true);
      if (reader.canReadRaster()) {
        return reader.readRaster(0, null);
      }
      BufferedImage image = reader.read(0);
      return image.getRaster();
    } catch (IOException e) {
      throw RejectedImageException.corrupt("The compressed pixels cannot be decoded.");
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  /** Plug-ins that wrap the platform's own must be registered with it. */
  private static ImageReaderSpi provider(String format, Class<? extends ImageReaderSpi> wanted) {
    for (Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        readers.hasNext(); ) {
      ImageReaderSpi found = readers.next().getOriginatingProvider();
      if (wanted.isInstance(found)) {
        return found;
      }
    }
    throw new IllegalStateException(
        "There is no " + wanted.getSimpleName() + " on the class path.");
  }
}
