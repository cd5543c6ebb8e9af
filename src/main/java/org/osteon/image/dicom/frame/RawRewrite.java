package org.osteon.image.dicom.frame;

import java.nio.ByteOrder;
import org.osteon.image.RejectedImageException;
import org.osteon.image.dicom.DicomElement;
import org.osteon.image.pixels.ByteReader;

/** Uncompressed frames as little endian, with the bits that are stored and no others. */
final class RawRewrite {
  private RawRewrite() {}

  /** Fewer than the header claims where the file has fewer: that is for a decoder to say. */
  static byte[] of(ByteReader in, DicomElement element, ImagePixels pixels)
      throws RejectedImageException {
    if (element.undefined()) {
      throw RejectedImageException.corrupt("Uncompressed pixels have no length.");
    }
    if (pixels.samples() > 1 && pixels.stored() < pixels.allocated()) {
      throw RejectedImageException.unsupported("Colours with bits to spare are not read.");
    }
    long wanted = pixels.frames() * pixels.frameBytes();
    long there = Math.min(element.length(), in.length() - element.at());
    int step = pixels.sampleBytes();
    byte[] raw = in.bytes(element.at(), Math.min(wanted, there) / step * step);
    boolean big = in.order() == ByteOrder.BIG_ENDIAN;
    if (step == 2 && (big || pixels.stored() < 16)) {
      for (int i = 0; i < raw.length; i += 2) {
        int low = raw[big ? i + 1 : i] & 0xFF;
        int stored = cleaned(low | (raw[big ? i : i + 1] & 0xFF) << 8, pixels);
        raw[i] = (byte) stored;
        raw[i + 1] = (byte) (stored >> 8);
      }
    } else if (step == 1 && pixels.stored() < 8) {
      for (int i = 0; i < raw.length; i++) {
        raw[i] = (byte) cleaned(raw[i] & 0xFF, pixels);
      }
    }
    return raw;
  }

  /** With its sign above the highest bit, as who passes over the mask wants it. */
  private static int cleaned(int sample, ImagePixels pixels) {
    return pixels.samples() > 1
        ? sample
        : pixels.value(sample) << (pixels.highBit() - pixels.stored() + 1);
  }
}
