package org.osteon.image.dicom.frame;

import org.osteon.image.RejectedImageException;
import org.osteon.image.dicom.DicomDataSet;
import org.osteon.image.dicom.DicomElement;
import org.osteon.image.dicom.DicomTag;

/** A palette (PS3.3 section C.7.9), reduced to the luminance of its entries. */
public final class Palette {
  private final int first;
  private final int[] luminance;

  private Palette(int first, int[] luminance) {
    this.first = first;
    this.luminance = luminance;
  }

  public static Palette of(DicomDataSet data) throws RejectedImageException {
    DicomElement descriptor = data.element(DicomTag.RED_PALETTE_DESCRIPTOR);
    if (descriptor == null || descriptor.length() < 6) {
      throw RejectedImageException.corrupt("The palette is missing.");
    }
    int claimed = data.in().u16(descriptor.at());
    int entries = claimed == 0 ? 1 << 16 : claimed;
    int[][] colours = {
      entries(data, DicomTag.RED_PALETTE_DATA, entries),
      entries(data, DicomTag.GREEN_PALETTE_DATA, entries),
      entries(data, DicomTag.BLUE_PALETTE_DATA, entries)
    };
    int[] luminance = new int[entries];
    for (int i = 0; i < entries; i++) {
      luminance[i] = DicomSamples.luminance(colours[0][i], colours[1][i], colours[2][i]);
    }
    return new Palette(data.in().u16(descriptor.at() + 2), luminance);
  }

  /** 0 to 255; values outside take the nearest entry. */
  public int[] luminance(int[] indices) {
    int[] found = new int[indices.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = luminance[Math.max(0, Math.min(luminance.length - 1, indices[i] - first))];
    }
    return found;
  }

  /** 0 to 255. Entries of 16 bits whose low bytes alone are used are found by their largest. */
  private static int[] entries(DicomDataSet data, int tag, int count)
      throws RejectedImageException {
    DicomElement element = data.element(tag);
    if (element == null || element.length() < count) {
      throw RejectedImageException.corrupt("The palette is shorter than it claims.");
    }
    boolean wide = element.length() >= 2L * count;
    int[] found = new int[count];
    int largest = 0;
    for (int i = 0; i < count; i++) {
      found[i] = wide ? data.in().u16(element.at() + 2L * i) : data.in().u8(element.at() + i);
      largest = Math.max(largest, found[i]);
    }
    int shift = largest > 255 ? 8 : 0;
    for (int i = 0; i < count; i++) {
      found[i] >>= shift;
    }
    return found;
  }
}
