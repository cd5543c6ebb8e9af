package org.osteon.image;

import java.nio.ByteBuffer;

/** What came of reading an image: pixels, or a typed failure. */
public sealed interface Decoding {
  /**
   * Pixels at no less than the plane's size, held in native memory until closed.
   *
   * <p><b>Threading.</b> For the thread that decoded; not shared.
   */
  non-sealed interface Decoded extends Decoding, AutoCloseable {
    ImageInfo info();

    /**
     * Writes the plane: {@code spec.planeBytes()} bytes from the buffer's position on, {@code uint8
     * [H, W]}, 0 black. The position moves behind the plane.
     *
     * @param slot a direct buffer with room for one plane
     */
    void writeTo(ByteBuffer slot, InputSpec spec);

    @Override
    void close();
  }

  /**
   * A failure.
   *
   * @param fault the stable reason
   * @param message one sentence for a person, without patient data
   */
  record Rejected(ImageFault fault, String message) implements Decoding {}
}
