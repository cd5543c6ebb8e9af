package org.osteon.image;

/** TIFF 6.0, its first directory, in strips or tiles. */
final class TiffFormat implements ImageFormat {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int SAMPLE_FORMAT = 339;
  private static final int SHORT = 3;

  @Override
  public String contentType() {
    return "image/tiff";
  }

  @Override
  public boolean matches(byte[] bytes) {
    return Reader.startsWith(bytes, 'I', 'I', 42, 0) || Reader.startsWith(bytes, 'M', 'M', 0, 42);
  }

  @Override
  public Header header(byte[] bytes) throws FaultException {
    Reader reader = new Reader(bytes, "TIFF", bytes[0] == 'I');
    long ifd = reader.u32(4);
    int entries = reader.u16(ifd);
    long width = 0;
    long height = 0;
    long offsets = -1;
    long counts = -1;
    for (int i = 0; i < entries; i++) {
      long entry = ifd + 2 + 12L * i;
      switch (reader.u16(entry)) {
        case WIDTH -> width = value(reader, entry, 0);
        case HEIGHT -> height = value(reader, entry, 0);
        case STRIP_OFFSETS, TILE_OFFSETS -> offsets = entry;
        case STRIP_BYTES, TILE_BYTES -> counts = entry;
        case SAMPLE_FORMAT -> {
          if (value(reader, entry, 0) == 3) {
            throw FaultException.unsupported("TIFF with floating point samples");
          }
        }
        default -> {}
      }
    }
    if (offsets < 0 || counts < 0) {
      throw FaultException.corrupt("TIFF", "it has no pixels");
    }
    checkPieces(reader, offsets, counts);
    return new Header(
        (int) Math.min(width, Integer.MAX_VALUE),
        (int) Math.min(height, Integer.MAX_VALUE),
        1,
        false);
  }

  private static void checkPieces(Reader reader, long offsets, long counts) throws FaultException {
    long pieces = Math.min(reader.u32(offsets + 4), reader.u32(counts + 4));
    for (long i = 0; i < pieces; i++) {
      reader.need(value(reader, offsets, i), value(reader, counts, i));
    }
  }

  /** The value at {@code index} of an entry: in the entry itself where they fit, else elsewhere. */
  private static long value(Reader reader, long entry, long index) throws FaultException {
    boolean isShort = reader.u16(entry + 2) == SHORT;
    int size = isShort ? 2 : 4;
    long count = reader.u32(entry + 4);
    long at = count * size <= 4 ? entry + 8 : reader.u32(entry + 8);
    long place = at + index * size;
    return isShort ? reader.u16(place) : reader.u32(place);
  }
}
