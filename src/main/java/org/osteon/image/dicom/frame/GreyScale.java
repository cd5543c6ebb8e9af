package org.osteon.image.dicom.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.osteon.image.RejectedImageException;
import org.osteon.image.dicom.DicomDataSet;
import org.osteon.image.dicom.DicomTag;

/**
 * Stored values to 8-bit grey in the standard's order (PS3.3 section C.11): Modality LUT or
 * rescale, VOI LUT or window, inversion, and pixel padding to black. Everything happens at full
 * depth; only the last step rounds.
 */
public final class GreyScale {
  /** Where no window is given: shares of the pixels that become black and white. */
  private static final double DARKEST = 0.005;

  private static final double BRIGHTEST = 0.995;

  private enum Function {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }

  private record Window(double centre, double width, Function function) {
    /** 0 to 1; sections C.11.2.1.2 and C.11.2.1.3. */
    double apply(double x) {
      return switch (function) {
        case LINEAR ->
            width == 1
                ? (x > centre - 0.5 ? 1 : 0)
                : clamp((x - (centre - 0.5)) / (width - 1) + 0.5);
        case LINEAR_EXACT -> clamp((x - centre) / width + 0.5);
        case SIGMOID -> 1 / (1 + Math.exp(-4 * (x - centre) / width));
      };
    }
  }

  private final @Nullable Lut modality;
  private final double slope;
  private final double intercept;
  private final @Nullable Lut voi;
  private final @Nullable Window window;
  private final boolean inverted;
  private final @Nullable Integer padding;
  private final int paddingLimit;

  private GreyScale(DicomDataSet data, boolean signed) throws RejectedImageException {
    DicomDataSet modalities =
        data.holderOf(DicomTag.RESCALE_SLOPE, DicomTag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE);
    modality = Lut.of(data.firstItem(DicomTag.MODALITY_LUT_SEQUENCE), signed);
    Double factor = modalities.number(DicomTag.RESCALE_SLOPE);
    Double offset = modalities.number(DicomTag.RESCALE_INTERCEPT);
    slope = factor == null || factor == 0 ? 1 : factor;
    intercept = offset == null ? 0 : offset;
    voi =
        Lut.of(data.firstItem(DicomTag.VOI_LUT_SEQUENCE), modality == null && signed && slope == 1);
    window = window(data.holderOf(DicomTag.WINDOW_CENTER, DicomTag.FRAME_VOI_LUT_SEQUENCE));
    inverted =
        data.text(DicomTag.PHOTOMETRIC_INTERPRETATION).equals("MONOCHROME1")
            || data.text(DicomTag.PRESENTATION_LUT_SHAPE).equals("INVERSE");
    padding = stored(data, DicomTag.PIXEL_PADDING_VALUE, signed);
    Integer limit = stored(data, DicomTag.PIXEL_PADDING_RANGE_LIMIT, signed);
    paddingLimit = limit != null ? limit : padding == null ? 0 : padding;
  }

  public static GreyScale of(DicomDataSet data, boolean signed) throws RejectedImageException {
    return new GreyScale(data, signed);
  }

  /** The rules that apply, in their order, e.g. {@code RESCALE, WINDOW_LINEAR, INVERTED}. */
  public String rule() {
    StringBuilder rule = new StringBuilder();
    if (modality != null) {
      rule.append("MODALITY_LUT, ");
    } else if (slope != 1 || intercept != 0) {
      rule.append("RESCALE, ");
    }
    rule.append(
        voi != null ? "VOI_LUT" : window != null ? "WINDOW_" + window.function : "PERCENTILES");
    return inverted ? rule + ", INVERTED" : rule.toString();
  }

  /** Grey of stored values, {@code uint8 [rows × columns]}; padding is black. */
  public byte[] grey8(int[] values, ImagePixels pixels) {
    int least = pixels.least();
    int count = pixels.mask() + 1;
    double[] shown = shown(least, count, values);
    byte[] table = new byte[count];
    for (int i = 0; i < count; i++) {
      double grey = inverted ? 1 - shown[i] : shown[i];
      table[i] = isPadding(least + i) ? 0 : (byte) Math.round(255 * clamp(grey));
    }
    byte[] grey = new byte[values.length];
    for (int i = 0; i < grey.length; i++) {
      // Lossy decoders overshoot what could be stored.
      grey[i] = table[Math.max(0, Math.min(count - 1, values[i] - least))];
    }
    return grey;
  }

  /** Of luminances 0 to 255: colours have no window. */
  public static byte[] luminance8(int[] values) {
    byte[] grey = new byte[values.length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) values[i];
    }
    return grey;
  }

  /** 0 to 1 of each value that can be stored. */
  private double[] shown(int least, int count, int[] values) {
    double[] shown = new double[count];
    for (int i = 0; i < count; i++) {
      shown[i] = modality == null ? (least + i) * slope + intercept : modality.at(least + i);
    }
    if (voi != null) {
      for (int i = 0; i < count; i++) {
        shown[i] = voi.at((int) Math.round(shown[i])) / voi.largest();
      }
    } else if (window != null) {
      for (int i = 0; i < count; i++) {
        shown[i] = window.apply(shown[i]);
      }
    } else {
      stretch(shown, least, values);
    }
    return shown;
  }

  private void stretch(double[] shown, int least, int[] values) {
    long[] histogram = new long[shown.length];
    long counted = 0;
    for (int value : values) {
      int i = Math.max(0, Math.min(shown.length - 1, value - least));
      if (!isPadding(least + i)) {
        histogram[i]++;
        counted++;
      }
    }
    double low = shown[quantile(histogram, (long) (DARKEST * counted))];
    double high = shown[quantile(histogram, (long) (BRIGHTEST * (counted - 1)))];
    if (low == high) {
      // Nearly all pixels are alike: what differs are the few.
      low = shown[quantile(histogram, 0)];
      high = shown[quantile(histogram, counted - 1)];
    }
    double from = Math.min(low, high);
    double width = Math.abs(high - low);
    for (int i = 0; i < shown.length; i++) {
      shown[i] = width == 0 ? 0 : clamp((shown[i] - from) / width);
    }
  }

  private static int quantile(long[] histogram, long rank) {
    long passed = 0;
    for (int i = 0; i < histogram.length; i++) {
      passed += histogram[i];
      if (passed > rank) {
        return i;
      }
    }
    return histogram.length - 1;
  }

  private boolean isPadding(int value) {
    return padding != null
        && value >= Math.min(padding, paddingLimit)
        && value <= Math.max(padding, paddingLimit);
  }

  private static @Nullable Integer stored(DicomDataSet data, int tag, boolean signed)
      throws RejectedImageException {
    if (!data.has(tag)) {
      return null;
    }
    int value = data.u16(tag, 0);
    return signed ? (int) (short) value : value;
  }

  private static @Nullable Window window(DicomDataSet data) throws RejectedImageException {
    Double centre = data.number(DicomTag.WINDOW_CENTER);
    Double width = data.number(DicomTag.WINDOW_WIDTH);
    if (centre == null || width == null) {
      return null;
    }
    Function function =
        Arrays.stream(Function.values())
            .filter(f -> f.name().equals(textOf(data)))
            .findFirst()
            .orElse(Function.LINEAR);
    // A width that the standard forbids says nothing.
    boolean valid = function == Function.LINEAR ? width >= 1 : width > 0;
    return valid ? new Window(centre, width, function) : null;
  }

  private static String textOf(DicomDataSet data) {
    try {
      return data.text(DicomTag.VOI_LUT_FUNCTION);
    } catch (RejectedImageException unreadable) {
      return "";
    }
  }

  private static double clamp(double x) {
    return Math.max(0, Math.min(1, x));
  }
}
