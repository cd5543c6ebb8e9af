package org.osteon.image;

/** JPEG (ISO/IEC 10918-1): baseline, extended and progressive with 8 bits, Huffman coded. */
final class JpegFormat implements ImageFormat {
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int APP1 = 0xE1;

  @Override
  public String contentType() {
    return "image/jpeg";
  }

  @Override
  public boolean matches(byte[] bytes) {
    return Reader.startsWith(bytes, 0xFF, SOI, 0xFF);
  }

  @Override
  public Header header(byte[] bytes) throws FaultException {
    Reader reader = new Reader(bytes, "JPEG", false);
    int orientation = 1;
    Header frame = null;
    int at = 2;
    while (true) {
      while (reader.u8(at) == 0xFF && reader.u8(at + 1) == 0xFF) {
        at++;
      }
      if (reader.u8(at) != 0xFF) {
        throw FaultException.corrupt("JPEG", "no marker where one belongs");
      }
      int marker = reader.u8(at + 1);
      at += 2;
      if (marker == EOI) {
        throw FaultException.corrupt("JPEG", "it has no scan");
      }
      int length = reader.u16(at);
      if (length < 2) {
        throw FaultException.corrupt("JPEG", "a segment is shorter than its own length");
      }
      if (marker == APP1 && reader.ascii(at + 2, "Exif\0\0")) {
        orientation = Exif.orientation(bytes, at + 8);
      } else if (isFrame(marker)) {
        frame = frame(reader, marker, at);
      } else if (marker == SOS) {
        if (frame == null) {
          throw FaultException.corrupt("JPEG", "a scan comes before its frame");
        }
        checkEnd(bytes, reader, at + length);
        return new Header(frame.width(), frame.height(), orientation, true);
      }
      at += length;
    }
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != JPG && marker != DAC;
  }

  private static Header frame(Reader reader, int marker, int at) throws FaultException {
    if (marker > 0xC2) {
      throw FaultException.unsupported(
          marker == 0xC3 ? "Lossless JPEG" : "JPEG with hierarchical or arithmetic coding");
    }
    int precision = reader.u8(at + 2);
    if (precision != 8) {
      throw FaultException.unsupported("JPEG with " + precision + " bits");
    }
    int height = reader.u16(at + 3);
    int width = reader.u16(at + 5);
    return new Header(width, height, 1, true);
  }

  /** The decoder paints what is missing grey and says nothing, so the end is looked for here. */
  private static void checkEnd(byte[] bytes, Reader reader, int scan) throws FaultException {
    int last = bytes.length - 2;
    if (last >= scan && bytes[last] == (byte) 0xFF && bytes[last + 1] == (byte) EOI) {
      return;
    }
    int at = scan;
    while (true) {
      while (at + 1 < bytes.length && !(bytes[at] == (byte) 0xFF && isMarker(bytes[at + 1]))) {
        at++;
      }
      int marker = reader.u8(at + 1L);
      if (marker == EOI) {
        return;
      }
      at += 2 + reader.u16(at + 2L);
    }
  }

  /** Within a scan: FF 00 is a stuffed byte, FF D0 to D7 a restart, FF FF a fill byte. */
  private static boolean isMarker(byte second) {
    int b = Byte.toUnsignedInt(second);
    return b != 0 && b != 0xFF && !(b >= 0xD0 && b <= 0xD7);
  }
}
