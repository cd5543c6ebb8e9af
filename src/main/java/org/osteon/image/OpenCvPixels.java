package org.osteon.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.minMaxLoc;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;
import org.osteon.image.ImageFormat.Header;

/**
 * Grey pixels in native memory, of 8 or 16 bits, as displayed.
 *
 * <p><b>Threading.</b> One thread.
 */
final class OpenCvPixels implements Decoding.Decoded {
  private final Mat grey;
  private final ImageInfo info;

  private OpenCvPixels(Mat grey, ImageInfo info) {
    this.grey = grey;
    this.info = info;
  }

  /**
   * Decodes a file whose header has been read and found within the limits.
   *
   * @throws FaultException where the decoder gives up
   */
  static OpenCvPixels decode(byte[] bytes, Header header, ImageInfo info, InputSpec spec)
      throws FaultException {
    Fit fit = Fit.of(info.width(), info.height(), spec);
    int reduction = header.reducible() ? fit.reduction(info.width(), info.height()) : 1;
    Mat grey = OpenCv.decodeGrey(bytes, header, reduction);
    return new OpenCvPixels(OpenCv.turn(grey, header.orientation()), info);
  }

  @Override
  public ImageInfo info() {
    return info;
  }

  @Override
  public void writeTo(ByteBuffer slot, InputSpec spec) {
    if (!slot.isDirect() || slot.remaining() < spec.planeBytes()) {
      throw new IllegalArgumentException("The slot is no direct buffer with room for a plane.");
    }
    Fit fit = Fit.of(info.width(), info.height(), spec);
    try (BytePointer start = new BytePointer(slot).position(slot.position());
        Mat plane = new Mat(spec.height(), spec.width(), CV_8UC1, start);
        Rect rect = new Rect(fit.x(), fit.y(), fit.width(), fit.height());
        Mat target = new Mat(plane, rect)) {
      if (fit.width() < spec.width() || fit.height() < spec.height()) {
        Pointer.memset(start, 0, spec.planeBytes());
      }
      if (grey.depth() == CV_8U) {
        fill(grey, target);
      } else {
        fillByRange(target);
      }
    }
    slot.position(slot.position() + spec.planeBytes());
  }

  @Override
  public void close() {
    grey.close();
  }

  /** Area averaging when shrinking, so that a hairline is thinned and not skipped. */
  private static void fill(Mat from, Mat to) {
    boolean shrinks = from.cols() >= to.cols() && from.rows() >= to.rows();
    try (Size size = new Size(to.cols(), to.rows())) {
      resize(from, to, size, 0, 0, shrinks ? INTER_AREA : INTER_LINEAR);
    }
  }

  /**
   * 16 bits: resized at full depth, then scaled by the picture's own range, darkest to brightest.
   */
  private void fillByRange(Mat target) {
    double[] min = new double[1];
    double[] max = new double[1];
    try (DoublePointer low = new DoublePointer(1);
        DoublePointer high = new DoublePointer(1);
        Mat resized = new Mat(target.rows(), target.cols(), CV_16U)) {
      minMaxLoc(grey, low, high, null, null, null);
      min[0] = low.get();
      max[0] = high.get();
      fill(grey, resized);
      // A constant picture has no range of its own; it keeps its place between black and white.
      double scale = max[0] > min[0] ? 255.0 / (max[0] - min[0]) : 255.0 / 65535.0;
      double shift = max[0] > min[0] ? -min[0] * scale : 0;
      resized.convertTo(target, CV_8U, scale, shift);
    }
  }
}
