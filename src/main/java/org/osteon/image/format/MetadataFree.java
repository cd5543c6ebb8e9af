package org.osteon.image.format;

import org.jspecify.annotations.Nullable;
import org.osteon.image.RejectedImageException;
import org.osteon.image.jpeg.JpegRewrite;
import org.osteon.image.pixels.ByteReader;

/**
 * A JPEG or PNG with nothing in it but its picture, written anew from what was understood of it:
 * what was not understood cannot leave.
 */
public final class MetadataFree {
  private MetadataFree() {}

  /** A file whose parts cannot be told apart: it is not known what would leave. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(RejectedImageException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Writes anew; the pixels and the orientation are the same.
   *
   * @param mostPixels that it may have
   * @return null where it is neither JPEG nor PNG
   * @throws UnreadableException where its parts cannot be followed to its end
   */
  public static byte @Nullable [] of(byte[] file, long mostPixels) throws UnreadableException {
    try {
      if (ByteReader.startsWith(file, 0xFF, 0xD8, 0xFF)) {
        return JpegRewrite.picture(file, mostPixels);
      }
      return ByteReader.startsWith(file, 0x89, 'P', 'N', 'G', 13, 10, 26, 10)
          ? PngRewrite.of(file, mostPixels)
          : null;
    } catch (RejectedImageException e) {
      throw new UnreadableException(e);
    }
  }
}
