package org.osteon.batch;

import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageInfo;
import org.osteon.image.InputSpec;

/**
 * A format of one byte an image, which fills the plane and claims to be twice as high as wide; no
 * byte at all is an empty image.
 */
final class PixelDecoder implements ImageDecoder {
  /** One for each image that may be decoded. */
  final Semaphore permits = new Semaphore(Integer.MAX_VALUE);

  @Override
  public Decoding decode(byte[] bytes, InputSpec spec) {
    permits.acquireUninterruptibly();
    if (bytes.length == 0) {
      return new Decoding.Rejected(ImageFault.EMPTY_IMAGE, "The image has no bytes.");
    }
    return new Decoding.Decoded() {
      @Override
      public ImageInfo info() {
        return new ImageInfo("image/x-pixel", 1, 2);
      }

      @Override
      public void writeTo(ByteBuffer slot, InputSpec s) {
        for (int i = 0; i < s.planeBytes(); i++) {
          slot.put(bytes[0]);
        }
      }

      @Override
      public void close() {}
    };
  }
}
