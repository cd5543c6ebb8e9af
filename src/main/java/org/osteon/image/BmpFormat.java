package org.osteon.image;

/** BMP with a header of 40 bytes or more. */
final class BmpFormat implements ImageFormat {
  private static final int FILE_HEADER = 14;

  @Override
  public String contentType() {
    return "image/bmp";
  }

  @Override
  public boolean matches(byte[] bytes) {
    return Reader.startsWith(bytes, 'B', 'M');
  }

  @Override
  public Header header(byte[] bytes) throws FaultException {
    Reader reader = new Reader(bytes, "BMP", true);
    long info = reader.u32(FILE_HEADER);
    if (info < 40 || info > 124) {
      throw new FaultException(ImageFault.NOT_AN_IMAGE, "The bytes are of no known image format.");
    }
    int width = reader.i32(FILE_HEADER + 4);
    int height = Math.abs(reader.i32(FILE_HEADER + 8));
    int bits = reader.u16(FILE_HEADER + 14);
    long compression = reader.u32(FILE_HEADER + 16);
    long pixels = reader.u32(10);
    if (compression == 0) {
      long stride = ((long) width * bits + 31) / 32 * 4;
      reader.need(pixels, Math.max(0, stride * height));
    } else {
      reader.need(pixels, 1);
    }
    return new Header(width, height, 1, false);
  }
}
