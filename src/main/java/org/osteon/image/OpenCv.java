package org.osteon.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.extractChannel;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.multiply;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_core.transpose;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.ImageFormat.Header;

/** The few calls of OpenCV that this project makes. */
final class OpenCv {
  static {
    // What OpenCV holds is closed by hand and bounded by the decode threads; JavaCPP's own
    // bookkeeping
    // would count PyTorch's memory too and then refuse to allocate.
    System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    Loader.load(org.bytedeco.opencv.global.opencv_imgcodecs.class);
    Loader.load(org.bytedeco.opencv.global.opencv_imgproc.class);
    // One image a thread: the decode pool is what runs in parallel.
    setNumThreads(1);
  }

  private OpenCv() {}

  /**
   * Decodes to one channel of 8 or 16 bits.
   *
   * @param reduction 1, 2, 4 or 8: rows and columns are divided by it
   */
  static Mat decodeGrey(byte[] bytes, Header header, int reduction) throws FaultException {
    int flags = header.reducible() ? grey(reduction) : IMREAD_UNCHANGED;
    try (BytePointer pointer = new BytePointer(bytes);
        Mat file = new Mat(1, bytes.length, CV_8U, pointer)) {
      Mat pixels = imdecode(file, flags | IMREAD_IGNORE_ORIENTATION);
      if (pixels == null || pixels.empty()) {
        throw new FaultException(ImageFault.CORRUPT_IMAGE, "The pixels cannot be decoded.");
      }
      return toGrey(pixels);
    } catch (RuntimeException e) {
      // OpenCV's own exceptions: what it says is about its source, so it is not passed on.
      throw new FaultException(ImageFault.CORRUPT_IMAGE, "The pixels cannot be decoded.");
    }
  }

  /** Turns pixels as stored into pixels as displayed; takes over the Mat. */
  static Mat turn(Mat stored, int orientation) {
    if (orientation == 1) {
      return stored;
    }
    try (stored) {
      Mat turned = new Mat();
      if (orientation >= 5) {
        transpose(stored, turned);
      } else {
        stored.copyTo(turned);
      }
      // EXIF 5 is the transposed picture itself; each other is a flip of it or of the stored one.
      switch (orientation) {
        case 2, 6 -> flip(turned, turned, 1);
        case 3, 7 -> flip(turned, turned, -1);
        case 4, 8 -> flip(turned, turned, 0);
        default -> {}
      }
      return turned;
    }
  }

  private static Mat toGrey(Mat pixels) throws FaultException {
    if (pixels.depth() != CV_8U && pixels.depth() != CV_16U) {
      pixels.close();
      throw FaultException.unsupported("An image of other than 8 or 16 bits");
    }
    if (pixels.channels() == 1) {
      return pixels;
    }
    try (pixels) {
      Mat grey = new Mat();
      switch (pixels.channels()) {
        case 3 -> cvtColor(pixels, grey, COLOR_BGR2GRAY);
        case 4 -> {
          cvtColor(pixels, grey, COLOR_BGRA2GRAY);
          overBlack(pixels, grey);
        }
        default -> {
          grey.close();
          throw FaultException.unsupported("An image of " + pixels.channels() + " channels");
        }
      }
      return grey;
    }
  }

  /** Alpha over black: what surrounds a radiograph, and what letterboxing adds, is black too. */
  private static void overBlack(Mat bgra, Mat grey) {
    double opaque = bgra.depth() == CV_8U ? 255 : 65535;
    try (Mat alpha = new Mat()) {
      extractChannel(bgra, alpha, 3);
      multiply(grey, alpha, grey, 1 / opaque, -1);
    }
  }

  private static int grey(int reduction) {
    return switch (reduction) {
      case 2 -> IMREAD_REDUCED_GRAYSCALE_2;
      case 4 -> IMREAD_REDUCED_GRAYSCALE_4;
      case 8 -> IMREAD_REDUCED_GRAYSCALE_8;
      default -> IMREAD_GRAYSCALE;
    };
  }
}
