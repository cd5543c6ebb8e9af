package org.osteon.image.format;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.bitwise_not;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.Header;
import org.osteon.image.Orientation;
import org.osteon.image.PlaneSize;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;
import org.osteon.image.pixels.NativeImages;
import org.osteon.image.pixels.TiffDirectory;
import org.osteon.image.pixels.WholeFileFormat;

/**
 * Classic TIFF in strips, 8 or 16 bits, uncompressed, LZW, deflate or PackBits; the first page. The
 * rest of what TIFF can be is refused by name, not tried.
 */
final class TiffFormat extends WholeFileFormat {
  private static final String MEDIA_TYPE = "image/tiff";
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTES = 279;
  private static final int PLANAR = 284;
  private static final int TILE_WIDTH = 322;
  private static final int SAMPLE_FORMAT = 339;

  private static final int WHITE_IS_ZERO = 0;
  private static final int PALETTE = 3;

  public TiffFormat() {
    super(MEDIA_TYPE, "tif", "tiff");
  }

  @Override
  public boolean recognises(byte[] bytes) {
    return ByteReader.startsWith(bytes, 'I', 'I', 42, 0)
        || ByteReader.startsWith(bytes, 'M', 'M', 0, 42);
  }

  @Override
  protected Header header(byte[] bytes) throws RejectedImageException {
    TiffDirectory page = page(bytes);
    return new Header(
        MEDIA_TYPE,
        page.number(WIDTH, 0),
        page.number(HEIGHT, 0),
        Orientation.of(page.number(TiffDirectory.ORIENTATION, 1)));
  }

  @Override
  protected void verify(byte[] bytes, Header header) throws RejectedImageException {
    TiffDirectory page = page(bytes);
    long samples = page.number(SAMPLES, 1);
    long[] bits = page.has(BITS) ? page.numbers(BITS) : new long[] {1};
    int compression = (int) page.number(COMPRESSION, 1);
    boolean read =
        switch (compression) {
          case 1, 5, 8, 32946, 32773 -> true;
          default -> false;
        };
    if (!read || page.has(TILE_WIDTH) || page.number(SAMPLE_FORMAT, 1) != 1) {
      throw RejectedImageException.unsupported(
          "TIFF in tiles, of fractions, or of compression %d is not read.".formatted(compression));
    }
    if (samples < 1 || samples > 4 || bits.length != samples || page.number(PHOTOMETRIC, 1) > 3) {
      throw RejectedImageException.unsupported("This layout of TIFF pixels is not read.");
    }
    if (Arrays.stream(bits).anyMatch(b -> b != bits[0] || (b != 8 && b != 16))
        || page.number(PLANAR, 1) != 1) {
      throw RejectedImageException.unsupported("TIFF is read with 8 or 16 bits, pixel by pixel.");
    }
    if (page.number(PHOTOMETRIC, 1) == PALETTE && bits[0] != 8) {
      throw RejectedImageException.unsupported("A TIFF palette of 16 bits is not read.");
    }
    checkStrips(bytes, header, page, compression, samples * bits[0] / 8);
  }

  private static void checkStrips(
      byte[] bytes, Header header, TiffDirectory page, int compression, long pixelBytes)
      throws RejectedImageException {
    ByteReader in = new ByteReader(bytes, ByteOrder.BIG_ENDIAN);
    long[] offsets = page.numbers(STRIP_OFFSETS);
    long[] lengths = page.numbers(STRIP_BYTES);
    long rows = Math.min(header.height(), page.number(ROWS_PER_STRIP, header.height()));
    if (rows < 1
        || offsets.length != lengths.length
        || offsets.length != (header.height() + rows - 1) / rows) {
      throw RejectedImageException.corrupt("The TIFF's strips do not make up its picture.");
    }
    for (int i = 0; i < offsets.length; i++) {
      in.require(offsets[i], lengths[i]);
      long rowsHere = Math.min(rows, header.height() - i * rows);
      long rowBytes = header.width() * pixelBytes;
      if (compression == 1 && lengths[i] < rowsHere * rowBytes) {
        throw RejectedImageException.truncated("A TIFF strip is shorter than its rows.");
      }
      if (compression != 1) {
        TiffStrips.check(in.bytes(offsets[i], lengths[i]), compression, rowBytes, rowsHere);
      }
    }
  }

  @Override
  protected Mat pixels(byte[] bytes, Header header, PlaneSize drawn) throws RejectedImageException {
    TiffDirectory page = page(bytes);
    byte[] upright = upright(bytes, page);
    Mat decoded =
        NativeImages.decode(
            upright, List.of(new NativeImages.Piece(0, upright.length)), IMREAD_UNCHANGED);
    if (decoded.cols() != header.width() || decoded.rows() != header.height()) {
      decoded.close();
      throw RejectedImageException.corrupt("The TIFF decodes to another size than it claims.");
    }
    boolean inverted = page.number(PHOTOMETRIC, 1) == WHITE_IS_ZERO && decoded.depth() == CV_16U;
    Mat grey = NativeImages.grey8(decoded);
    if (inverted) {
      // OpenCV turns it round at 8 bits and forgets to at 16.
      bitwise_not(grey, grey);
    }
    return grey;
  }

  /** The file with its orientation taken out: libtiff applies half of it, and only at 8 bits. */
  private static byte[] upright(byte[] bytes, TiffDirectory page) throws RejectedImageException {
    Long at = page.offsetOf(TiffDirectory.ORIENTATION);
    if (at == null || page.number(TiffDirectory.ORIENTATION, 1) == 1) {
      return bytes;
    }
    byte[] copy = bytes.clone();
    boolean little = copy[0] == 'I';
    copy[Math.toIntExact(at)] = (byte) (little ? 1 : 0);
    copy[Math.toIntExact(at + 1)] = (byte) (little ? 0 : 1);
    return copy;
  }

  private static TiffDirectory page(byte[] bytes) throws RejectedImageException {
    return new TiffDirectory(new ByteReader(bytes, ByteOrder.BIG_ENDIAN));
  }
}
