package org.osteon.image.format;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_BGR;

import java.nio.ByteOrder;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.Header;
import org.osteon.image.Orientation;
import org.osteon.image.PlaneSize;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;
import org.osteon.image.pixels.NativeImages;
import org.osteon.image.pixels.WholeFileFormat;

/**
 * Windows bitmaps without compression; the fourth byte of a pixel is padding more often than alpha.
 */
final class BmpFormat extends WholeFileFormat {
  private static final String MEDIA_TYPE = "image/bmp";
  private static final int UNCOMPRESSED = 0;
  private static final int BIT_FIELDS = 3;

  public BmpFormat() {
    super(MEDIA_TYPE, "bmp");
  }

  @Override
  public boolean recognises(byte[] bytes) {
    // Two letters alone would claim too much: the header's size has to make sense as well.
    return ByteReader.startsWith(bytes, 'B', 'M')
        && (bytes.length < 18 || (bytes[14] >= 12 && bytes[15] == 0 && bytes[16] == 0));
  }

  @Override
  protected Header header(byte[] bytes) throws RejectedImageException {
    ByteReader in = new ByteReader(bytes, ByteOrder.LITTLE_ENDIAN);
    if (in.u32(14) == 12) {
      return new Header(MEDIA_TYPE, in.u16(18), in.u16(20), Orientation.NORMAL);
    }
    // A negative height means that the top row comes first.
    long height = Math.abs((long) (int) in.u32(22));
    return new Header(MEDIA_TYPE, (int) in.u32(18), height, Orientation.NORMAL);
  }

  @Override
  protected void verify(byte[] bytes, Header header) throws RejectedImageException {
    ByteReader in = new ByteReader(bytes, ByteOrder.LITTLE_ENDIAN);
    boolean old = in.u32(14) == 12;
    int bits = in.u16(old ? 24 : 28);
    long compression = old ? UNCOMPRESSED : in.u32(30);
    boolean masks = compression == BIT_FIELDS && (bits == 16 || bits == 32);
    if (compression != UNCOMPRESSED && !masks) {
      throw RejectedImageException.unsupported("Compressed BMP is not read.");
    }
    switch (bits) {
      case 1, 4, 8, 16, 24, 32 -> {
        long row = (header.width() * bits + 31) / 32 * 4;
        in.require(in.u32(10), row * header.height());
      }
      default ->
          throw RejectedImageException.corrupt("BMP of %d bits does not exist.".formatted(bits));
    }
  }

  @Override
  protected Mat pixels(byte[] bytes, Header header, PlaneSize drawn) throws RejectedImageException {
    Mat decoded =
        NativeImages.decode(
            bytes, List.of(new NativeImages.Piece(0, bytes.length)), IMREAD_COLOR_BGR);
    if (decoded.cols() != header.width() || decoded.rows() != header.height()) {
      decoded.close();
      throw RejectedImageException.corrupt("The BMP decodes to another size than it claims.");
    }
    return NativeImages.grey8(decoded);
  }
}
