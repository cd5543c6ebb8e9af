package org.osteon.image.jpeg;

import java.io.ByteArrayOutputStream;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/** SOF0 to SOF3 (ITU-T T.81 section B.2.2): how large a picture is and what it is made of. */
final class JpegFrameHeader {
  private static final int[] RGB = {'R', 'G', 'B'};

  private final int marker;
  private final int bits;
  private final int height;
  private final int width;
  private final int[] ids;
  private final int[] across;
  private final int[] down;
  private final int[] quantisation;
  private final long[][] known;

  /** What the codes of a scan are. */
  enum Process {
    SEQUENTIAL,
    PROGRESSIVE,
    LOSSLESS
  }

  /**
   * @param marker its second byte
   * @param mostPixels that the picture may have
   */
  JpegFrameHeader(int marker, ByteReader in, long at, int length, long mostPixels)
      throws RejectedImageException {
    if (marker > 0xC3) {
      throw RejectedImageException.unsupported(
          "JPEG process SOF%d is not read.".formatted(marker - 0xC0));
    }
    this.marker = marker;
    bits = in.u8(at);
    height = in.u16(at + 1);
    width = in.u16(at + 3);
    int components = in.u8(at + 5);
    if (components < 1 || components > 4 || length != 6 + 3 * components) {
      throw RejectedImageException.corrupt("The JPEG's frame header contradicts itself.");
    }
    if (width < 1 || height < 1 || (long) width * height > mostPixels) {
      throw RejectedImageException.corrupt("The JPEG is %d × %d.".formatted(width, height));
    }
    ids = new int[components];
    across = new int[components];
    down = new int[components];
    quantisation = new int[components];
    known = new long[components][];
    for (int i = 0; i < components; i++) {
      long each = at + 6 + 3L * i;
      ids[i] = in.u8(each);
      across[i] = in.u8(each + 1) >> 4;
      down[i] = in.u8(each + 1) & 0xF;
      quantisation[i] = in.u8(each + 2);
      if (across[i] < 1 || across[i] > 4 || down[i] < 1 || down[i] > 4 || quantisation[i] > 3) {
        throw RejectedImageException.corrupt("A JPEG component contradicts itself.");
      }
    }
  }

  Process process() {
    return switch (marker) {
      case 0xC2 -> Process.PROGRESSIVE;
      case 0xC3 -> Process.LOSSLESS;
      default -> Process.SEQUENTIAL;
    };
  }

  int components() {
    return ids.length;
  }

  int quantisation(int component) {
    return quantisation[component];
  }

  /** Index of the component of that name. */
  int component(int id) throws RejectedImageException {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    throw RejectedImageException.corrupt("The JPEG's scan does not fit its frame.");
  }

  /** The name under which a component is written: small numbers and R, G, B say colours. */
  int writtenId(int component) {
    boolean usual = java.util.Arrays.stream(ids).allMatch(id -> id <= 4);
    return usual || java.util.Arrays.equals(ids, RGB) ? ids[component] : component + 1;
  }

  int blocksOfUnit(int component) {
    return across[component] * down[component];
  }

  int unitsWide() {
    return pieces(width, side() * most(across));
  }

  int unitsHigh() {
    return pieces(height, side() * most(down));
  }

  int blocksWide(int component) {
    return pieces(pieces(width * across[component], most(across)), side());
  }

  int blocksHigh(int component) {
    return pieces(pieces(height * down[component], most(down)), side());
  }

  /** Which coefficients of each block are known not to be zero, row by row of blocks. */
  long[] known(int component) {
    long[] of = known[component];
    if (of == null) {
      of = new long[blocksWide(component) * blocksHigh(component)];
      known[component] = of;
    }
    return of;
  }

  void writeTo(ByteArrayOutputStream out) {
    int length = 8 + 3 * ids.length;
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) marker, 0, (byte) length, (byte) bits});
    out.writeBytes(new byte[] {(byte) (height >> 8), (byte) height});
    out.writeBytes(new byte[] {(byte) (width >> 8), (byte) width, (byte) ids.length});
    for (int i = 0; i < ids.length; i++) {
      out.write(writtenId(i));
      out.write(across[i] << 4 | down[i]);
      out.write(quantisation[i]);
    }
  }

  /** Of a block in samples. */
  private int side() {
    return process() == Process.LOSSLESS ? 1 : 8;
  }

  private static int most(int[] factors) {
    return java.util.Arrays.stream(factors).max().orElse(1);
  }

  private static int pieces(int length, int of) {
    return (length + of - 1) / of;
  }
}
