package org.osteon.image.pixels;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.ErrorCallback;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.ImageFault;
import org.osteon.image.RejectedImageException;

/**
 * The one door to OpenCV.
 *
 * <p><b>Threading.</b> Safe for any number of threads; OpenCV itself is kept to the calling thread,
 * since the decode pool already is as wide as the machine.
 */
public final class NativeImages {
  /** Bytes of a file that are handed to the native decoder. */
  public record Piece(int from, int length) {}

  /** OpenCV's word for an allocation that failed, {@code cv::Error::StsNoMem}. */
  private static final int NO_MEMORY = -4;

  /** What OpenCV last complained of on this thread; its decoder swallows its own exceptions. */
  private static final ThreadLocal<Integer> STATUS = ThreadLocal.withInitial(() -> 0);

  /** Held forever: native code calls it. */
  private static final ErrorCallback SILENT =
      new ErrorCallback() {
        @Override
        public int call(
            int status,
            BytePointer function,
            BytePointer message,
            BytePointer file,
            int line,
            Pointer data) {
          STATUS.set(status);
          return 0;
        }
      };

  static {
    // JavaCPP refuses allocations once the process as a whole holds more than twice the Java heap.
    // A service with a model beside it always does, so that guard would fail good images.
    setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    // Unset, it would look through the whole class path for forty libraries of CUDA, which our
    // OpenCV has no use for: a second of each process's start.
    setDefault("org.bytedeco.javacpp.platform.extension", "");
    Loader.load(opencv_core.class);
    Loader.load(opencv_imgcodecs.class);
    Loader.load(opencv_imgproc.class);
    opencv_core.setNumThreads(1);
    // Errors come back as exceptions; printed too, a poisoned topic would fill the disk.
    opencv_core.redirectError(SILENT);
  }

  private NativeImages() {}

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** Loads the library, so that what is created next is created under the settings above. */
  public static void load() {}

  /**
   * Decodes the given pieces of a file, in order, as if they were the file. Leaving out the
   * metadata keeps it away from native parsers that have no business with it.
   */
  public static Mat decode(byte[] bytes, List<Piece> pieces, int flags)
      throws RejectedImageException {
    int length = pieces.stream().mapToInt(Piece::length).sum();
    try (BytePointer encoded = new BytePointer(length)) {
      long at = 0;
      for (Piece piece : pieces) {
        encoded.position(at).put(bytes, piece.from, piece.length);
        at += piece.length;
      }
      encoded.position(0);
      try (Mat file = new Mat(1, length, CV_8UC1, encoded)) {
        STATUS.set(0);
        Mat decoded =
            opencv_imgcodecs.imdecode(file, flags | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION);
        if (decoded.empty()) {
          decoded.close();
          if (lackedMemory()) {
            throw new RejectedImageException(
                ImageFault.DECODE_TOO_LARGE, "Its pixels take more memory than one image may.");
          }
          throw RejectedImageException.corrupt("The pixels cannot be decoded.");
        }
        return decoded;
      }
    }
  }

  /** Whether OpenCV's last complaint on this thread was that there is no memory. */
  public static boolean lackedMemory() {
    return STATUS.get() == NO_MEMORY;
  }

  /**
   * Any decoded matrix as 8-bit grey; the argument is released unless it is returned.
   *
   * <p>Alpha is composed over black: that is what surrounds a radiograph, what letterboxing adds,
   * and what air looks like; over white a transparent margin would read as metal.
   *
   * <p>16 bits are scaled by the picture's own range. Detectors use 10 to 14 of them, so the high
   * byte alone would leave a nearly black picture.
   */
  public static Mat grey8(Mat decoded) throws RejectedImageException {
    int depth = decoded.depth();
    if (depth != CV_8U && depth != CV_16U) {
      decoded.close();
      throw RejectedImageException.unsupported("Pixels are neither 8 nor 16 bit.");
    }
    Mat grey = singleChannel(decoded, depth == CV_8U ? 255.0 : 65535.0);
    if (depth == CV_8U) {
      return grey;
    }
    double[] least = new double[1];
    double[] most = new double[1];
    opencv_core.minMaxLoc(grey, least, most, null, null, null);
    double scale = most[0] > least[0] ? 255.0 / (most[0] - least[0]) : 0.0;
    Mat scaled = new Mat();
    grey.convertTo(scaled, CV_8U, scale, -least[0] * scale);
    grey.close();
    return scaled;
  }

  /** Whether all values of a picture of one channel are the same. */
  public static boolean isUniform(Mat grey) {
    double[] least = new double[1];
    double[] most = new double[1];
    opencv_core.minMaxLoc(grey, least, most, null, null, null);
    return least[0] == most[0];
  }

  private static Mat singleChannel(Mat decoded, double opaque) throws RejectedImageException {
    int channels = decoded.channels();
    if (channels == 1) {
      return decoded;
    }
    Mat grey = new Mat();
    try (decoded) {
      switch (channels) {
        case 3 -> opencv_imgproc.cvtColor(decoded, grey, opencv_imgproc.COLOR_BGR2GRAY);
        case 4 -> {
          opencv_imgproc.cvtColor(decoded, grey, opencv_imgproc.COLOR_BGRA2GRAY);
          try (Mat alpha = new Mat()) {
            opencv_core.extractChannel(decoded, alpha, 3);
            opencv_core.multiply(grey, alpha, grey, 1.0 / opaque, -1);
          }
        }
        default -> throw RejectedImageException.unsupported(channels + " channels are not read.");
      }
    }
    return grey;
  }
}
