package org.osteon.image.dicom.frame;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;

import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.Header;
import org.osteon.image.OpenedImage;
import org.osteon.image.RejectedImageException;
import org.osteon.image.jpeg.JpegFormat;
import org.osteon.image.jpeg.JpegTwelveBits;
import org.osteon.image.pixels.NativeImages;

/** Lossy JPEG frames (ITU-T T.81): 8 bits by OpenCV, 12 bits by {@link JpegTwelveBits}. */
final class JpegFrame {
  private static final int IGNORE_ORIENTATION = 128;
  private static final JpegFormat JPEG = new JpegFormat();

  private JpegFrame() {}

  /** Process 1; of colours the luminance, which JPEG keeps apart. */
  static int[] baseline(byte[] frame, ImagePixels pixels) throws RejectedImageException {
    OpenedImage opened = JPEG.open(frame);
    Header header = opened.header();
    if (header.width() != pixels.columns() || header.height() != pixels.rows()) {
      throw RejectedImageException.corrupt(
          "The JPEG is %d × %d where the DICOM header claims %d × %d."
              .formatted(header.width(), header.height(), pixels.columns(), pixels.rows()));
    }
    opened.verify();
    List<NativeImages.Piece> whole = List.of(new NativeImages.Piece(0, frame.length));
    try (Mat grey = NativeImages.decode(frame, whole, IMREAD_GRAYSCALE | IGNORE_ORIENTATION)) {
      if (grey.cols() != pixels.columns() || grey.rows() != pixels.rows()) {
        throw RejectedImageException.corrupt("The JPEG decodes to another size than it claims.");
      }
      ByteBuffer bytes = grey.createBuffer();
      int[] values = new int[pixels.pixels()];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes.get(i) & 0xFF;
      }
      return values;
    }
  }

  /** Process 2 and 4: 8 or 12 bits. */
  static int[] extended(byte[] frame, ImagePixels pixels) throws RejectedImageException {
    return JpegTwelveBits.claims(frame)
        ? JpegTwelveBits.decode(frame, pixels.rows(), pixels.columns())
        : baseline(frame, pixels);
  }
}
