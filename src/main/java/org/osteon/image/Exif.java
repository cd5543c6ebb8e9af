package org.osteon.image;

/**
 * The one tag of EXIF that changes the picture. A broken EXIF block is no reason to refuse pixels.
 */
final class Exif {
  private static final int ORIENTATION = 0x0112;

  private Exif() {}

  /**
   * The orientation in a TIFF structure, 1 where there is none.
   *
   * @param start where the TIFF header lies
   */
  static int orientation(byte[] bytes, int start) {
    try {
      Reader reader = new Reader(bytes, "EXIF", bytes[start] == 'I');
      long ifd = start + reader.u32(start + 4L);
      int entries = reader.u16(ifd);
      for (int i = 0; i < entries; i++) {
        long entry = ifd + 2 + 12L * i;
        if (reader.u16(entry) == ORIENTATION) {
          int value = reader.u16(entry + 8);
          return value >= 1 && value <= 8 ? value : 1;
        }
      }
    } catch (FaultException | ArrayIndexOutOfBoundsException e) {
      return 1;
    }
    return 1;
  }
}
