package org.osteon.image;

/**
 * One format: recognises its files and reads their headers. The pixels of all of them are OpenCV's.
 *
 * <p><b>Threading.</b> Stateless.
 */
interface ImageFormat {
  /** Media type, e.g. {@code image/png}. */
  String contentType();

  /** Whether the first bytes are this format's. */
  boolean matches(byte[] bytes);

  /**
   * Reads the header and sees that the file is all there, without decoding a pixel.
   *
   * @throws FaultException where it is not
   */
  Header header(byte[] bytes) throws FaultException;

  /**
   * What a header says.
   *
   * @param width columns as stored, pixels
   * @param height rows as stored, pixels
   * @param orientation EXIF's, 1 (as stored) to 8
   * @param reducible whether the decoder can decode at a fraction of the size
   */
  record Header(int width, int height, int orientation, boolean reducible) {
    /** Whether rows and columns change places when displayed. */
    boolean transposed() {
      return orientation >= 5;
    }

    int displayedWidth() {
      return transposed() ? height : width;
    }

    int displayedHeight() {
      return transposed() ? width : height;
    }
  }
}
