package org.osteon.image;

import java.util.zip.CRC32;

/**
 * PNG (ISO/IEC 15948), 1 to 16 bits, grey, colour and palette, with and without alpha, interlaced.
 */
final class PngFormat implements ImageFormat {
  private static final int SIGNATURE = 8;

  @Override
  public String contentType() {
    return "image/png";
  }

  @Override
  public boolean matches(byte[] bytes) {
    return Reader.startsWith(bytes, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A);
  }

  @Override
  public Header header(byte[] bytes) throws FaultException {
    Reader reader = new Reader(bytes, "PNG", false);
    if (!reader.ascii(SIGNATURE + 4, "IHDR")) {
      reader.need(SIGNATURE, 25);
      throw FaultException.corrupt("PNG", "it does not begin with its header");
    }
    int width = reader.i32(SIGNATURE + 8);
    int height = reader.i32(SIGNATURE + 12);
    int orientation = 1;
    boolean pixels = false;
    long at = SIGNATURE;
    while (true) {
      long length = reader.u32(at);
      reader.need(at, length + 12);
      checkCrc(bytes, reader, (int) at, (int) length);
      if (reader.ascii(at + 4, "IEND")) {
        if (!pixels) {
          throw FaultException.corrupt("PNG", "it has no pixels");
        }
        return new Header(width, height, orientation, false);
      }
      if (reader.ascii(at + 4, "eXIf")) {
        orientation = Exif.orientation(bytes, (int) at + 8);
      }
      pixels |= reader.ascii(at + 4, "IDAT");
      at += length + 12;
    }
  }

  private static void checkCrc(byte[] bytes, Reader reader, int at, int length)
      throws FaultException {
    CRC32 crc = new CRC32();
    crc.update(bytes, at + 4, length + 4);
    if (crc.getValue() != reader.u32(at + 8L + length)) {
      throw FaultException.corrupt("PNG", "the checksum of a chunk is wrong");
    }
  }
}
