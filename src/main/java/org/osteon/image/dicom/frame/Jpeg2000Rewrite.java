package org.osteon.image.dicom.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * A JPEG 2000 codestream (ITU-T T.800 annex A) written anew: the segments that say how it is coded,
 * each with as many bytes as it means, and the packets, up to the last. No comment, no
 * registration, no lengths that a reader finds by itself, nothing behind its end.
 */
final class Jpeg2000Rewrite {
  private static final int SOC = 0xFF4F;
  private static final int SIZ = 0xFF51;
  private static final int COD = 0xFF52;
  private static final int COC = 0xFF53;
  private static final int TLM = 0xFF55;
  private static final int PLM = 0xFF57;
  private static final int PLT = 0xFF58;
  private static final int QCD = 0xFF5C;
  private static final int QCC = 0xFF5D;
  private static final int RGN = 0xFF5E;
  private static final int CRG = 0xFF63;
  private static final int COM = 0xFF64;
  private static final int SOT = 0xFF90;
  private static final int SOD = 0xFF93;
  private static final int EOC = 0xFFD9;

  /** What a decoder needs not. */
  private static final Set<Integer> LEFT_OUT = Set.of(TLM, PLM, PLT, CRG, COM);

  private final ByteArrayOutputStream out;
  private final ByteReader in;
  private final byte[] frame;
  private final Map<Integer, Jpeg2000Tile> tiles = new HashMap<>();
  private int components;

  private Jpeg2000Rewrite(byte[] frame) {
    this.frame = frame;
    this.in = new ByteReader(frame, ByteOrder.BIG_ENDIAN);
    this.out = new ByteArrayOutputStream(frame.length);
  }

  /**
   * @param frame that {@link Jpeg2000Header} has checked
   */
  static byte[] of(byte[] frame) throws RejectedImageException {
    return new Jpeg2000Rewrite(frame).rewrite();
  }

  private byte[] rewrite() throws RejectedImageException {
    number(out, SOC);
    components = in.u16(4 + 36L);
    Jpeg2000Coding coding = new Jpeg2000Coding(components);
    long at = 2;
    for (; in.u16(at) != SOT; at += 2 + in.u16(at + 2)) {
      segment(at, out);
      coding.take(in, in.u16(at), at);
    }
    while (at + 2 <= in.length() && in.u16(at) == SOT) {
      long part = in.u32(at + 6);
      long end = part == 0 ? endOfLast() : Math.min(at + part, in.length());
      tilePart(at, end, coding);
      at = part == 0 ? in.length() : at + part;
    }
    number(out, EOC);
    return out.toByteArray();
  }

  private void tilePart(long at, long end, Jpeg2000Coding main) throws RejectedImageException {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    Jpeg2000Coding own = main.copy();
    long each = at + 12;
    for (; in.u16(each) != SOD; each += 2 + in.u16(each + 2)) {
      segment(each, part);
      own.take(in, in.u16(each), each);
    }
    number(part, SOD);
    part.writeBytes(in.bytes(each + 2, packets(in.u16(at + 4), own, each + 2, end)));
    ByteBuffer begin = ByteBuffer.allocate(12);
    begin.putShort((short) SOT).putShort((short) 10).putShort((short) in.u16(at + 4));
    begin.putInt(12 + part.size()).put((byte) in.u8(at + 10)).put((byte) in.u8(at + 11));
    out.writeBytes(begin.array());
    out.writeBytes(part.toByteArray());
  }

  /**
   * Bytes that a tile-part's packets take.
   *
   * @param coding of the tile, as its first part's headers say
   */
  private long packets(int index, Jpeg2000Coding coding, long from, long end)
      throws RejectedImageException {
    if (end <= from) {
      return 0;
    }
    Jpeg2000Tile tile = tiles.get(index);
    if (tile == null) {
      tile = new Jpeg2000Tile(in, coding, index);
      tiles.put(index, tile);
    }
    return tile.walk(frame, (int) from, (int) end) - from;
  }

  /** Of a tile-part without a length, which goes up to the end of the codestream. */
  private long endOfLast() throws RejectedImageException {
    // Within packets there is no marker: the first that could be one is the end.
    for (long at = in.length() - 2L; at > 0; at--) {
      if (in.u16(at) == EOC) {
        return at;
      }
    }
    return in.length();
  }

  private void segment(long at, ByteArrayOutputStream to) throws RejectedImageException {
    int marker = in.u16(at);
    int length = in.u16(at + 2);
    if (LEFT_OUT.contains(marker)) {
      return;
    }
    long meant = meant(marker, at, length);
    if (meant > length || meant < 2) {
      throw RejectedImageException.corrupt("The codestream's headers cannot be followed.");
    }
    number(to, marker);
    number(to, (int) meant);
    to.writeBytes(in.bytes(at + 4, meant - 2));
  }

  /** Bytes of a segment behind its marker, by what it says (annex A.5 and A.6). */
  private long meant(int marker, long at, int length) throws RejectedImageException {
    int wide = components > 256 ? 2 : 1;
    return switch (marker) {
      case SIZ -> 38 + 3L * components;
      case COD -> 12 + precincts(at + 4, at + 9);
      case COC -> 8L + wide + precincts(at + 4 + wide, at + 5 + wide);
      // Steps of as many bands as there are: of one byte, of two for each, or of two for all.
      case QCD -> 3 + steps(at + 4, length - 3);
      case QCC -> 3L + wide + steps(at + 4 + wide, length - 3 - wide);
      case RGN -> 4L + wide;
      // Of packets that change their order or have their headers elsewhere no end could be told.
      default ->
          throw RejectedImageException.unsupported(
              "JPEG 2000 with marker %04X is not read.".formatted(marker));
    };
  }

  private long precincts(long style, long levels) throws RejectedImageException {
    return (in.u8(style) & 1) == 0 ? 0 : 1L + in.u8(levels);
  }

  private long steps(long style, int there) throws RejectedImageException {
    int kind = in.u8(style) & 0x1F;
    // 32 levels have 97 bands at most.
    return switch (kind) {
      case 0 -> Math.min(there, 97);
      case 1 -> 2;
      default -> Math.min(there / 2 * 2, 194);
    };
  }

  private static void number(ByteArrayOutputStream to, int number) {
    to.write(number >> 8);
    to.write(number);
  }
}
