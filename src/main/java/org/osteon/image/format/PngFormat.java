package org.osteon.image.format;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.Header;
import org.osteon.image.Orientation;
import org.osteon.image.PlaneSize;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;
import org.osteon.image.pixels.NativeImages;
import org.osteon.image.pixels.TiffDirectory;
import org.osteon.image.pixels.WholeFileFormat;

/** PNG of 1 to 16 bits: grey, colour, palette, with and without alpha, interlaced or not. */
final class PngFormat extends WholeFileFormat {
  private static final String MEDIA_TYPE = "image/png";
  private static final int FIRST_CHUNK = 8;
  private static final long IHDR = 0x49484452L;
  private static final long PLTE = 0x504C5445L;
  private static final long IDAT = 0x49444154L;
  private static final long IEND = 0x49454E44L;
  private static final long TRNS = 0x74524E53L;
  private static final long EXIF = 0x65584966L;

  record Chunk(long type, int at, int length) {
    int data() {
      return at + 8;
    }

    int whole() {
      return length + 12;
    }

    String name() {
      return new String(
          new char[] {
            (char) (type >> 24),
            (char) (type >> 16 & 0xFF),
            (char) (type >> 8 & 0xFF),
            (char) (type & 0xFF)
          });
    }
  }

  public PngFormat() {
    super(MEDIA_TYPE, "png");
  }

  @Override
  public boolean recognises(byte[] bytes) {
    return ByteReader.startsWith(bytes, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A);
  }

  @Override
  protected Header header(byte[] bytes) throws RejectedImageException {
    ByteReader in = new ByteReader(bytes, ByteOrder.BIG_ENDIAN);
    Chunk first = chunk(in, FIRST_CHUNK);
    if (first.type != IHDR || first.length != 13) {
      throw RejectedImageException.corrupt("The PNG does not begin with its header.");
    }
    checkCrc(bytes, in, first);
    long width = in.u32(16);
    long height = in.u32(20);
    int bits = in.u8(24);
    int colour = in.u8(25);
    boolean known =
        switch (colour) {
          case 0 -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
          case 3 -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
          case 2, 4, 6 -> bits == 8 || bits == 16;
          default -> false;
        };
    if (!known || in.u8(26) != 0 || in.u8(27) != 0 || in.u8(28) > 1) {
      throw RejectedImageException.corrupt("The PNG's header holds values that do not exist.");
    }
    return new Header(MEDIA_TYPE, width, height, orientation(in));
  }

  @Override
  protected void verify(byte[] bytes, Header header) throws RejectedImageException {
    ByteReader in = new ByteReader(bytes, ByteOrder.BIG_ENDIAN);
    boolean palette = false;
    boolean data = false;
    for (Chunk chunk : chunks(in)) {
      checkCrc(bytes, in, chunk);
      palette |= chunk.type == PLTE;
      data |= chunk.type == IDAT;
      if (chunk.type == IHDR && chunk.at != FIRST_CHUNK) {
        throw RejectedImageException.corrupt("The PNG has two headers.");
      }
    }
    if (!data || (in.u8(25) == 3 && !palette)) {
      throw RejectedImageException.corrupt("The PNG lacks its pixels or its palette.");
    }
  }

  @Override
  protected Mat pixels(byte[] bytes, Header header, PlaneSize drawn) throws RejectedImageException {
    // Only what makes pixels: no gamma, no profile, no animation, no text.
    List<NativeImages.Piece> pieces = new ArrayList<>();
    pieces.add(new NativeImages.Piece(0, FIRST_CHUNK));
    for (Chunk chunk : chunks(new ByteReader(bytes, ByteOrder.BIG_ENDIAN))) {
      if (chunk.type == IHDR
          || chunk.type == PLTE
          || chunk.type == TRNS
          || chunk.type == IDAT
          || chunk.type == IEND) {
        pieces.add(new NativeImages.Piece(chunk.at, chunk.whole()));
      }
    }
    Mat decoded = NativeImages.decode(bytes, pieces, IMREAD_UNCHANGED);
    if (decoded.cols() != header.width() || decoded.rows() != header.height()) {
      decoded.close();
      throw RejectedImageException.corrupt("The PNG decodes to another size than it claims.");
    }
    return NativeImages.grey8(decoded);
  }

  /** All chunks up to the end chunk, which must be there. */
  static List<Chunk> chunks(ByteReader in) throws RejectedImageException {
    List<Chunk> chunks = new ArrayList<>();
    int at = FIRST_CHUNK;
    Chunk chunk;
    do {
      chunk = chunk(in, at);
      chunks.add(chunk);
      at += chunk.whole();
    } while (chunk.type != IEND);
    return chunks;
  }

  private static Chunk chunk(ByteReader in, int at) throws RejectedImageException {
    long length = in.u32(at);
    long type = in.u32(at + 4L);
    for (int shift = 0; shift < 32; shift += 8) {
      if (!Character.isLetter((int) (type >> shift) & 0x7F) || (type >> shift & 0x80) != 0) {
        throw RejectedImageException.corrupt("A PNG chunk has no name.");
      }
    }
    in.require(at + 8L, length + 4);
    return new Chunk(type, at, (int) length);
  }

  private static void checkCrc(byte[] bytes, ByteReader in, Chunk chunk)
      throws RejectedImageException {
    CRC32 crc = new CRC32();
    crc.update(bytes, chunk.at + 4, chunk.length + 4);
    if (crc.getValue() != in.u32(chunk.data() + (long) chunk.length)) {
      throw RejectedImageException.corrupt("A PNG chunk does not match its checksum.");
    }
  }

  /** The EXIF chunk, where one comes before the pixels, as nearly all writers have it. */
  private static Orientation orientation(ByteReader in) throws RejectedImageException {
    int at = FIRST_CHUNK;
    while (at < in.length()) {
      Chunk chunk = chunk(in, at);
      if (chunk.type == EXIF) {
        return TiffDirectory.orientationIn(
            in.slice(chunk.data(), chunk.length, ByteOrder.BIG_ENDIAN));
      }
      if (chunk.type == IEND) {
        break;
      }
      at += chunk.whole();
    }
    return Orientation.NORMAL;
  }
}
