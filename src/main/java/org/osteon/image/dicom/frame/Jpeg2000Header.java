package org.osteon.image.dicom.frame;

import java.nio.ByteOrder;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * The headers of a JPEG 2000 codestream (ITU-T T.800 annex A), main and of tile-parts, held to the
 * DICOM header and to bounds. Precincts, code blocks and tiles cost a decoder memory whether they
 * hold data or not: 652 bytes with precincts of 1 × 1 made one allocate gigabytes.
 */
final class Jpeg2000Header {
  private static final int SOC = 0xFF4F;
  private static final int SIZ = 0xFF51;
  private static final int COD = 0xFF52;
  private static final int COC = 0xFF53;
  private static final int SOT = 0xFF90;
  private static final int SOD = 0xFF93;
  private static final int EOC = 0xFFD9;

  /** Real encoders write tens at most. */
  private static final int MOST_LAYERS = 256;

  /** Pixels for each precinct, code block or tile; real encoders have a thousand and more. */
  private static final int LEAST_PIXELS = 256;

  /** Of small pictures, whose pieces may be small as well. */
  private static final long FREE = 4096;

  private final ByteReader in;
  private final ImagePixels pixels;
  private int components;

  private Jpeg2000Header(byte[] frame, ImagePixels pixels) {
    this.in = new ByteReader(frame, ByteOrder.BIG_ENDIAN);
    this.pixels = pixels;
  }

  /**
   * @throws RejectedImageException the codestream is of another size, or built to cost more than
   *     its pixels
   */
  static void check(byte[] frame, ImagePixels pixels) throws RejectedImageException {
    new Jpeg2000Header(frame, pixels).check();
  }

  private void check() throws RejectedImageException {
    if (in.u16(0) != SOC || in.u16(2) != SIZ) {
      throw RejectedImageException.corrupt("The pixels are no JPEG 2000 codestream.");
    }
    size(6);
    long at = 4 + (long) in.u16(4);
    while (in.u16(at) != SOT) {
      segment(at);
      at += 2 + in.u16(at + 2);
    }
    // Each tile-part may say its own coding style.
    while (at + 2 <= in.length() && in.u16(at) == SOT) {
      long part = in.u32(at + 6);
      long end = part == 0 ? in.length() : at + part;
      if (end <= at) {
        throw RejectedImageException.corrupt("A tile-part has no length.");
      }
      for (long each = at + 12; in.u16(each) != SOD; each += 2 + in.u16(each + 2)) {
        segment(each);
      }
      at = end;
    }
    if (at + 2 <= in.length() && in.u16(at) != EOC) {
      throw RejectedImageException.corrupt("The tile-parts do not follow each other.");
    }
  }

  private void size(long at) throws RejectedImageException {
    long width = in.u32(at + 2) - in.u32(at + 10);
    long height = in.u32(at + 6) - in.u32(at + 14);
    CodestreamHeader.checkSize(width, height, pixels);
    long tileWidth = in.u32(at + 18);
    long tileHeight = in.u32(at + 22);
    if (tileWidth < 1 || tileHeight < 1) {
      throw RejectedImageException.corrupt("The codestream's tiles are empty.");
    }
    bounded(pieces(in.u32(at + 2), tileWidth) * pieces(in.u32(at + 6), tileHeight), "tiles");
    components = in.u16(at + 34);
    CodestreamHeader.checkSamples(components, pixels);
  }

  private void segment(long at) throws RejectedImageException {
    int marker = in.u16(at);
    if (marker < 0xFF00 || in.u16(at + 2) < 2) {
      throw RejectedImageException.corrupt("The codestream's headers cannot be followed.");
    }
    if (marker == COD) {
      int layers = in.u16(at + 6);
      if (layers < 1 || layers > MOST_LAYERS) {
        throw RejectedImageException.corrupt("The codestream has %d layers.".formatted(layers));
      }
      style(at + 9, (in.u8(at + 4) & 1) != 0);
    } else if (marker == COC) {
      int wide = components > 256 ? 2 : 1;
      style(at + 5 + wide, (in.u8(at + 4L + wide) & 1) != 0);
    }
  }

  /** Table A.20: levels, code block, its style, transformation, precincts of each resolution. */
  private void style(long at, boolean precincts) throws RejectedImageException {
    int levels = in.u8(at);
    if (levels > 32) {
      throw RejectedImageException.corrupt("The codestream has %d levels.".formatted(levels));
    }
    int blockWidth = (in.u8(at + 1) & 15) + 2;
    int blockHeight = (in.u8(at + 2) & 15) + 2;
    bounded(
        pieces(pixels.columns(), 1L << blockWidth) * pieces(pixels.rows(), 1L << blockHeight),
        "code blocks");
    long all = 0;
    for (int r = 0; precincts && r <= levels; r++) {
      int size = in.u8(at + 5 + r);
      long columns = pieces(pixels.columns(), 1L << (levels - r));
      long rows = pieces(pixels.rows(), 1L << (levels - r));
      all += pieces(columns, 1L << (size & 15)) * pieces(rows, 1L << (size >> 4));
    }
    bounded(all, "precincts");
  }

  /**
   * @param count unsigned: sides of 32 bits each make a product of 64
   */
  private void bounded(long count, String what) throws RejectedImageException {
    if (Long.compareUnsigned(count, FREE + (long) pixels.pixels() / LEAST_PIXELS) > 0) {
      throw RejectedImageException.corrupt(
          "The codestream has %s %s for %d pixels."
              .formatted(Long.toUnsignedString(count), what, pixels.pixels()));
    }
  }

  private static long pieces(long length, long of) {
    return (length + of - 1) / of;
  }
}
