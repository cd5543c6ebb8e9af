package org.osteon.image.pixels;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.osteon.image.Decoding;
import org.osteon.image.ImageInfo;
import org.osteon.image.InputSpec;
import org.osteon.image.PlaneSize;

/** Decoded grey pixels as displayed, in native memory. */
public final class GreyPixels implements Decoding.Decoded {
  private final ImageInfo info;
  private final Mat pixels;

  /**
   * @param pixels {@code uint8} of one channel; released by {@link #close}
   */
  public GreyPixels(ImageInfo info, Mat pixels) {
    this.info = info;
    this.pixels = pixels;
  }

  @Override
  public ImageInfo info() {
    return info;
  }

  @Override
  public void writeTo(ByteBuffer slot, InputSpec spec) {
    if (!slot.isDirect() || slot.remaining() < spec.planeBytes()) {
      throw new IllegalArgumentException(
          "A plane of %d bytes needs a direct buffer with that much room."
              .formatted(spec.planeBytes()));
    }
    PlaneSize drawn = PlaneSize.drawn(info.width(), info.height(), spec);
    int left = (spec.width() - drawn.width()) / 2;
    int top = (spec.height() - drawn.height()) / 2;
    // The matrix is only a header over the caller's memory: no copy.
    try (BytePointer memory = new BytePointer(slot);
        Mat plane = new Mat(spec.height(), spec.width(), CV_8UC1, memory);
        Rect window = new Rect(left, top, drawn.width(), drawn.height());
        Mat target = new Mat(plane, window);
        Scalar black = new Scalar(0.0)) {
      plane.setTo(new Mat(black));
      resize(target);
    }
    slot.position(slot.position() + spec.planeBytes());
  }

  /**
   * Averages areas where it shrinks, so no thin line is skipped; interpolates where it enlarges.
   */
  private void resize(Mat target) {
    int width = Math.min(pixels.cols(), target.cols());
    int height = Math.min(pixels.rows(), target.rows());
    try (Size shrunk = new Size(width, height);
        Size whole = target.size()) {
      if (width == target.cols() && height == target.rows()) {
        opencv_imgproc.resize(pixels, target, whole, 0, 0, opencv_imgproc.INTER_AREA);
        return;
      }
      try (Mat smaller = new Mat()) {
        opencv_imgproc.resize(pixels, smaller, shrunk, 0, 0, opencv_imgproc.INTER_AREA);
        opencv_imgproc.resize(smaller, target, whole, 0, 0, opencv_imgproc.INTER_LINEAR);
      }
    }
  }

  @Override
  public void close() {
    pixels.close();
  }
}
