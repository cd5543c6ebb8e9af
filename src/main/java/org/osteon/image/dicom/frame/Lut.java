package org.osteon.image.dicom.frame;

import org.jspecify.annotations.Nullable;
import org.osteon.image.RejectedImageException;
import org.osteon.image.dicom.DicomDataSet;
import org.osteon.image.dicom.DicomElement;
import org.osteon.image.dicom.DicomTag;
import org.osteon.image.pixels.ByteReader;

/** A lookup table (PS3.3 section C.11.1.1): values outside take the nearest entry. */
final class Lut {
  private final int first;
  private final int[] entries;
  private final double largest;

  private Lut(int first, int[] entries, double largest) {
    this.first = first;
    this.entries = entries;
    this.largest = largest;
  }

  /**
   * @param item of a Modality or VOI LUT Sequence
   * @param signed whether the values that it maps have a sign
   * @return null where there is no item, or no table in it
   */
  static @Nullable Lut of(@Nullable DicomDataSet item, boolean signed)
      throws RejectedImageException {
    DicomElement descriptor = item == null ? null : item.element(DicomTag.LUT_DESCRIPTOR);
    DicomElement data = item == null ? null : item.element(DicomTag.LUT_DATA);
    if (item == null || descriptor == null || data == null || descriptor.length() < 6) {
      return null;
    }
    ByteReader in = item.in();
    int claimed = in.u16(descriptor.at());
    int count = claimed == 0 ? 1 << 16 : claimed;
    int mapped = in.u16(descriptor.at() + 2);
    int bits = in.u16(descriptor.at() + 4);
    boolean wide = data.length() >= 2L * count;
    if (!wide && data.length() < count) {
      throw RejectedImageException.corrupt("A lookup table is shorter than it claims.");
    }
    if (bits < 1 || bits > 16) {
      throw RejectedImageException.corrupt("A lookup table claims %d bits.".formatted(bits));
    }
    int[] entries = new int[count];
    for (int i = 0; i < count; i++) {
      entries[i] = wide ? in.u16(data.at() + 2L * i) : in.u8(data.at() + i);
    }
    return new Lut(signed ? (short) mapped : mapped, entries, (1 << bits) - 1.0);
  }

  int at(int value) {
    return entries[Math.max(0, Math.min(entries.length - 1, value - first))];
  }

  /** The largest value that its entries can hold. */
  double largest() {
    return largest;
  }
}
