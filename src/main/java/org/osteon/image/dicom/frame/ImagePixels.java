package org.osteon.image.dicom.frame;

import org.osteon.image.Header;
import org.osteon.image.Orientation;
import org.osteon.image.RejectedImageException;
import org.osteon.image.dicom.DicomDataSet;
import org.osteon.image.dicom.DicomTag;

/**
 * The Image Pixel Module (PS3.3 section C.7.6.3), checked: what is here can be decoded.
 *
 * @param rows height, in pixels
 * @param columns width, in pixels
 * @param samples values of a pixel, 1 or 3
 * @param photometric what the values mean
 * @param allocated bits that a value takes, 8 or 16
 * @param stored bits of them that hold it, 1 to 16
 * @param highBit the highest of those, counted from 0
 * @param signed whether values are in two's complement
 * @param planar whether uncompressed colours come plane by plane
 * @param frames pictures in the file; the first is read
 */
public record ImagePixels(
    int rows,
    int columns,
    int samples,
    Photometric photometric,
    int allocated,
    int stored,
    int highBit,
    boolean signed,
    boolean planar,
    int frames) {
  /** Photometric Interpretation (0028,0004). */
  public enum Photometric {
    MONOCHROME1,
    MONOCHROME2,
    PALETTE_COLOR,
    RGB,
    /** Luminance comes first, chrominance is not needed. */
    YBR_FULL,
    YBR_FULL_422,
    /** JPEG 2000's own transforms, which its decoder takes back. */
    YBR_ICT,
    YBR_RCT;

    boolean grey() {
      return this == MONOCHROME1 || this == MONOCHROME2;
    }
  }

  /** Rows and columns alone, for the limit that comes before anything else. */
  static Header size(DicomDataSet data) throws RejectedImageException {
    int rows = data.u16(DicomTag.ROWS, 0);
    int columns = data.u16(DicomTag.COLUMNS, 0);
    return new Header("application/dicom", columns, rows, Orientation.NORMAL);
  }

  public static ImagePixels of(DicomDataSet data) throws RejectedImageException {
    int samples = data.u16(DicomTag.SAMPLES_PER_PIXEL, 1);
    Photometric photometric = photometric(data.text(DicomTag.PHOTOMETRIC_INTERPRETATION));
    int allocated = data.u16(DicomTag.BITS_ALLOCATED, 0);
    int stored = data.u16(DicomTag.BITS_STORED, allocated);
    int highBit = data.u16(DicomTag.HIGH_BIT, stored - 1);
    if (allocated != 8 && allocated != 16) {
      throw RejectedImageException.unsupported(
          "DICOM pixels of %d bits are not read.".formatted(allocated));
    }
    if (stored < 1 || stored > allocated || highBit >= allocated || highBit < stored - 1) {
      throw RejectedImageException.corrupt(
          "%d bits up to bit %d do not fit into %d.".formatted(stored, highBit, allocated));
    }
    boolean one = photometric.grey() || photometric == Photometric.PALETTE_COLOR;
    if (samples != (one ? 1 : 3)) {
      throw RejectedImageException.corrupt(
          "%s has no %d samples a pixel.".formatted(photometric, samples));
    }
    Double frames = data.number(DicomTag.NUMBER_OF_FRAMES);
    return new ImagePixels(
        data.u16(DicomTag.ROWS, 0),
        data.u16(DicomTag.COLUMNS, 0),
        samples,
        photometric,
        allocated,
        stored,
        highBit,
        data.u16(DicomTag.PIXEL_REPRESENTATION, 0) == 1,
        data.u16(DicomTag.PLANAR_CONFIGURATION, 0) == 1,
        frames == null || frames < 1 ? 1 : frames.intValue());
  }

  private static Photometric photometric(String term) throws RejectedImageException {
    return switch (term) {
      case "MONOCHROME1" -> Photometric.MONOCHROME1;
      // A picture without the attribute is grey as nearly all are.
      case "MONOCHROME2", "" -> Photometric.MONOCHROME2;
      case "PALETTE COLOR" -> Photometric.PALETTE_COLOR;
      case "RGB" -> Photometric.RGB;
      case "YBR_FULL" -> Photometric.YBR_FULL;
      case "YBR_FULL_422" -> Photometric.YBR_FULL_422;
      case "YBR_ICT" -> Photometric.YBR_ICT;
      case "YBR_RCT" -> Photometric.YBR_RCT;
      default -> throw RejectedImageException.unsupported("This colour space is not read.");
    };
  }

  /** Pixels of the first frame. */
  int pixels() {
    return rows * columns;
  }

  /** Bytes of a value, 1 or 2. */
  int sampleBytes() {
    return allocated / 8;
  }

  /** Bytes of an uncompressed frame. */
  long frameBytes() {
    // 4:2:2 keeps two chrominances for two pixels.
    long values = photometric == Photometric.YBR_FULL_422 ? 2L : samples;
    return values * pixels() * sampleBytes();
  }

  /** Bytes of heap that decoding takes: the frame, its values, its greys. */
  public long heapBytes() {
    return frameBytes() + (Integer.BYTES + 1L) * pixels();
  }

  /** The value that stored bits hold, with its sign where values have one. */
  int value(int bits) {
    int value = bits >> (highBit - stored + 1) & mask();
    return signed && value >> (stored - 1) != 0 ? value - (1 << stored) : value;
  }

  /** The smallest value that can be stored. */
  int least() {
    return signed ? -(1 << (stored - 1)) : 0;
  }

  /** The largest stored value, as if unsigned. */
  int mask() {
    return (1 << stored) - 1;
  }
}
