package org.osteon.image.isolated;

import java.nio.ByteBuffer;
import org.osteon.image.Decoding;
import org.osteon.image.ImageInfo;
import org.osteon.image.InputSpec;

/**
 * A plane as a decode process made it.
 *
 * @param plane {@code uint8 [H, W]} of the spec that it was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never shown
record DecodedPlane(ImageInfo info, byte[] plane) implements Decoding.Decoded {
  @Override
  public void writeTo(ByteBuffer slot, InputSpec spec) {
    if (plane.length != spec.planeBytes()) {
      throw new IllegalArgumentException("It was decoded for another plane.");
    }
    slot.put(plane);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
