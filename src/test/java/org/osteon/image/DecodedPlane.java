package org.osteon.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.osteon.image.format.ImageDecoders;

/** A plane as a test looks at it. */
public record DecodedPlane(byte[] pixels, InputSpec spec, ImageInfo info) {
  public static final ImageDecoder DECODER =
      ImageDecoders.standard(new ImageLimits(10_000_000, 20_000_000));
  public static final InputSpec SAME_SIZE =
      new InputSpec(Quadrants.HEIGHT, Quadrants.WIDTH, InputSpec.Resize.STRETCH);

  public static DecodedPlane of(byte[] file, InputSpec spec) {
    Decoding decoding = DECODER.decode(file, spec);
    assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
    ByteBuffer slot = ByteBuffer.allocateDirect(spec.planeBytes());
    try (Decoding.Decoded decoded = (Decoding.Decoded) decoding) {
      decoded.writeTo(slot, spec);
      assertThat(slot.hasRemaining()).isFalse();
      byte[] pixels = new byte[spec.planeBytes()];
      slot.flip().get(pixels);
      return new DecodedPlane(pixels, spec, decoded.info());
    }
  }

  public static ImageFault faultOf(byte[] file) {
    Decoding decoding = DECODER.decode(file, SAME_SIZE);
    assertThat(decoding).isInstanceOf(Decoding.Rejected.class);
    assertThat(((Decoding.Rejected) decoding).message()).isNotBlank();
    return ((Decoding.Rejected) decoding).fault();
  }

  int at(int x, int y) {
    return pixels[y * spec.width() + x] & 0xFF;
  }

  /** The middle of each quarter: top left, top right, bottom left, bottom right. */
  public int[] quarters() {
    int w = spec.width();
    int h = spec.height();
    return new int[] {
      at(w / 4, h / 4), at(3 * w / 4, h / 4), at(w / 4, 3 * h / 4), at(3 * w / 4, 3 * h / 4)
    };
  }

  public void showsQuadrants(int tolerance) {
    for (int i = 0; i < 4; i++) {
      assertThat(quarters()[i])
          .as("quarter %d", i)
          .isBetween(Quadrants.GREYS[i] - tolerance, Quadrants.GREYS[i] + tolerance);
    }
  }
}
