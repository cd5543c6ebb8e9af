package org.osteon.image.dicom.frame;

import java.nio.ByteOrder;
import org.osteon.image.RejectedImageException;
import org.osteon.image.jpeg.JpegSegments;
import org.osteon.image.pixels.ByteReader;

/**
 * Holds what a compressed frame says of itself to what the DICOM header said, before anything is
 * decoded: the limits were checked against the header, so a frame of another size would go round
 * them.
 */
final class CodestreamHeader {
  /** Lossless, sequential, Huffman (ITU-T T.81 process 14): what .57 and .70 are. */
  private static final int SOF3 = 0xC3;

  /** JPEG-LS (ITU-T T.87). */
  private static final int SOF55 = 0xF7;

  private static final int SOS = 0xDA;
  private static final int SCAN = 0xFFDA;
  private static final int LS_FRAME = 0xFF00 | SOF55;

  private CodestreamHeader() {}

  /** ITU-T T.81 process 14: one frame of that kind and that size, a scan a component at most. */
  static void jpegLossless(byte[] frame, ImagePixels pixels) throws RejectedImageException {
    JpegSegments segments = new JpegSegments(frame);
    int frames = 0;
    int scans = 0;
    while (segments.advance()) {
      int marker = segments.marker();
      if (isFrame(marker)) {
        if (marker != SOF3 || ++frames > 1) {
          throw RejectedImageException.corrupt(
              "The codestream is of another process than its transfer syntax.");
        }
        checkFrame(segments.in(), segments.start(), pixels);
      }
      scans += marker == SOS ? 1 : 0;
      if (scans > pixels.samples()) {
        throw RejectedImageException.corrupt("The codestream has more scans than components.");
      }
    }
    if (frames == 0) {
      throw RejectedImageException.corrupt("The codestream has no frame header.");
    }
  }

  /**
   * ITU-T T.87: the frame before the first scan. Not by {@link JpegSegments}: what is a marker
   * within a scan of JPEG-LS is none there, and the other way round.
   */
  static void jpegLs(byte[] frame, ImagePixels pixels) throws RejectedImageException {
    ByteReader in = new ByteReader(frame, ByteOrder.BIG_ENDIAN);
    boolean found = false;
    long at = 2;
    for (int marker = in.u16(at); marker != SCAN; marker = in.u16(at)) {
      if (marker >> 8 != 0xFF || in.u16(at + 2) < 2) {
        throw RejectedImageException.corrupt("The codestream's headers cannot be followed.");
      }
      if (isFrame(marker & 0xFF)) {
        if (marker != LS_FRAME || found) {
          throw RejectedImageException.corrupt(
              "The codestream is of another process than its transfer syntax.");
        }
        found = true;
        checkFrame(in, at, pixels);
      }
      at += 2 + in.u16(at + 2);
    }
    if (!found) {
      throw RejectedImageException.corrupt("The codestream has no frame header.");
    }
  }

  /**
   * @param at of the frame header's marker
   */
  private static void checkFrame(ByteReader in, long at, ImagePixels pixels)
      throws RejectedImageException {
    checkSize(in.u16(at + 7), in.u16(at + 5), pixels);
    checkSamples(in.u8(at + 9), pixels);
  }

  /** SOF0 to SOF15 without DHT, JPG and DAC, and JPEG-LS's. */
  private static boolean isFrame(int marker) {
    return marker == SOF55
        || (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC);
  }

  static void checkSize(long columns, long rows, ImagePixels pixels) throws RejectedImageException {
    if (columns != pixels.columns() || rows != pixels.rows()) {
      throw RejectedImageException.corrupt(
          "The codestream is %d × %d where the DICOM header claims %d × %d."
              .formatted(columns, rows, pixels.columns(), pixels.rows()));
    }
  }

  static void checkSamples(int samples, ImagePixels pixels) throws RejectedImageException {
    if (samples != pixels.samples()) {
      throw RejectedImageException.corrupt(
          "The codestream has %d components, not what the header claims: %d."
              .formatted(samples, pixels.samples()));
    }
  }
}
