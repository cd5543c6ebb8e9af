package org.osteon.deliver.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.osteon.event.ImageSummary;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.InputSpec;

/** An image's file as a grey plane, as the service's own decoder sees it. */
public final class Pixels {
  /** Of the longer side; larger images are made smaller, since people look at a screen. */
  private static final int LONGEST_SIDE = 1024;

  private Pixels() {}

  /** A picture, a byte a pixel, rows after one another. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not kept
  public record Plane(int width, int height, byte[] grey) {}

  /**
   * @param file DICOM, JPEG, PNG, as the event has it
   * @param summary what the result says of its size
   * @return empty where it cannot be decoded
   */
  public static Optional<Plane> of(byte[] file, ImageSummary summary, ImageDecoder decoder) {
    double longest = Math.max(1, Math.max(summary.getWidth(), summary.getHeight()));
    double scale = Math.min(1, LONGEST_SIDE / longest);
    int width = (int) Math.max(1, Math.round(scale * summary.getWidth()));
    int height = (int) Math.max(1, Math.round(scale * summary.getHeight()));
    InputSpec spec = new InputSpec(height, width, InputSpec.Resize.STRETCH);
    if (!(decoder.decode(file, spec) instanceof Decoding.Decoded decoded)) {
      return Optional.empty();
    }
    ByteBuffer plane = ByteBuffer.allocateDirect(spec.planeBytes()).order(ByteOrder.nativeOrder());
    try (decoded) {
      decoded.writeTo(plane, spec);
    }
    byte[] grey = new byte[spec.planeBytes()];
    plane.clear();
    plane.get(grey);
    return Optional.of(new Plane(width, height, grey));
  }
}
