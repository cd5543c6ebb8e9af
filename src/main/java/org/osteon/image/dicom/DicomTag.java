package org.osteon.image.dicom;

import java.util.Set;

/** Attributes that are read, as {@code group << 16 | element} (PS3.6 section 6). */
public final class DicomTag {
  static final int TRANSFER_SYNTAX_UID = 0x0002_0010;
  static final int SOP_CLASS_UID = 0x0008_0016;
  static final int SOP_INSTANCE_UID = 0x0008_0018;
  static final int MODALITY = 0x0008_0060;
  static final int BODY_PART_EXAMINED = 0x0018_0015;
  static final int VIEW_POSITION = 0x0018_5101;
  static final int STUDY_INSTANCE_UID = 0x0020_000D;
  static final int SERIES_INSTANCE_UID = 0x0020_000E;
  static final int LATERALITY = 0x0020_0060;
  static final int IMAGE_LATERALITY = 0x0020_0062;
  public static final int SAMPLES_PER_PIXEL = 0x0028_0002;
  public static final int PHOTOMETRIC_INTERPRETATION = 0x0028_0004;
  public static final int PLANAR_CONFIGURATION = 0x0028_0006;
  public static final int NUMBER_OF_FRAMES = 0x0028_0008;
  public static final int ROWS = 0x0028_0010;
  public static final int COLUMNS = 0x0028_0011;
  public static final int BITS_ALLOCATED = 0x0028_0100;
  public static final int BITS_STORED = 0x0028_0101;
  public static final int HIGH_BIT = 0x0028_0102;
  public static final int PIXEL_REPRESENTATION = 0x0028_0103;
  public static final int PIXEL_PADDING_VALUE = 0x0028_0120;
  public static final int PIXEL_PADDING_RANGE_LIMIT = 0x0028_0121;
  public static final int WINDOW_CENTER = 0x0028_1050;
  public static final int WINDOW_WIDTH = 0x0028_1051;
  public static final int RESCALE_INTERCEPT = 0x0028_1052;
  public static final int RESCALE_SLOPE = 0x0028_1053;
  public static final int VOI_LUT_FUNCTION = 0x0028_1056;
  public static final int RED_PALETTE_DESCRIPTOR = 0x0028_1101;
  static final int GREEN_PALETTE_DESCRIPTOR = 0x0028_1102;
  static final int BLUE_PALETTE_DESCRIPTOR = 0x0028_1103;
  public static final int RED_PALETTE_DATA = 0x0028_1201;
  public static final int GREEN_PALETTE_DATA = 0x0028_1202;
  public static final int BLUE_PALETTE_DATA = 0x0028_1203;
  public static final int MODALITY_LUT_SEQUENCE = 0x0028_3000;
  public static final int LUT_DESCRIPTOR = 0x0028_3002;
  public static final int LUT_DATA = 0x0028_3006;
  public static final int VOI_LUT_SEQUENCE = 0x0028_3010;
  public static final int FRAME_VOI_LUT_SEQUENCE = 0x0028_9132;
  public static final int PIXEL_VALUE_TRANSFORMATION_SEQUENCE = 0x0028_9145;
  static final int REQUEST_ATTRIBUTES_SEQUENCE = 0x0040_0275;
  static final int REQUESTED_PROCEDURE_PRIORITY = 0x0040_1003;
  public static final int PRESENTATION_LUT_SHAPE = 0x2050_0020;
  static final int SHARED_FUNCTIONAL_GROUPS = 0x5200_9229;
  static final int PER_FRAME_FUNCTIONAL_GROUPS = 0x5200_9230;
  static final int EXTENDED_OFFSET_TABLE = 0x7FE0_0001;
  static final int FLOAT_PIXEL_DATA = 0x7FE0_0008;
  static final int DOUBLE_FLOAT_PIXEL_DATA = 0x7FE0_0009;
  public static final int PIXEL_DATA = 0x7FE0_0010;

  static final int ITEM = 0xFFFE_E000;
  static final int ITEM_DELIMITATION = 0xFFFE_E00D;
  static final int SEQUENCE_DELIMITATION = 0xFFFE_E0DD;

  /**
   * Everything above. The rest is passed over, so that a header of a million elements costs time
   * and no memory, and a person's name is never held at all.
   */
  private static final Set<Integer> READ =
      Set.of(
          TRANSFER_SYNTAX_UID,
          SOP_CLASS_UID,
          SOP_INSTANCE_UID,
          MODALITY,
          BODY_PART_EXAMINED,
          VIEW_POSITION,
          STUDY_INSTANCE_UID,
          SERIES_INSTANCE_UID,
          LATERALITY,
          IMAGE_LATERALITY,
          SAMPLES_PER_PIXEL,
          PHOTOMETRIC_INTERPRETATION,
          PLANAR_CONFIGURATION,
          NUMBER_OF_FRAMES,
          ROWS,
          COLUMNS,
          BITS_ALLOCATED,
          BITS_STORED,
          HIGH_BIT,
          PIXEL_REPRESENTATION,
          PIXEL_PADDING_VALUE,
          PIXEL_PADDING_RANGE_LIMIT,
          WINDOW_CENTER,
          WINDOW_WIDTH,
          RESCALE_INTERCEPT,
          RESCALE_SLOPE,
          VOI_LUT_FUNCTION,
          RED_PALETTE_DESCRIPTOR,
          GREEN_PALETTE_DESCRIPTOR,
          BLUE_PALETTE_DESCRIPTOR,
          RED_PALETTE_DATA,
          GREEN_PALETTE_DATA,
          BLUE_PALETTE_DATA,
          MODALITY_LUT_SEQUENCE,
          LUT_DESCRIPTOR,
          LUT_DATA,
          VOI_LUT_SEQUENCE,
          FRAME_VOI_LUT_SEQUENCE,
          PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
          REQUEST_ATTRIBUTES_SEQUENCE,
          REQUESTED_PROCEDURE_PRIORITY,
          PRESENTATION_LUT_SHAPE,
          SHARED_FUNCTIONAL_GROUPS,
          PER_FRAME_FUNCTIONAL_GROUPS,
          EXTENDED_OFFSET_TABLE,
          FLOAT_PIXEL_DATA,
          DOUBLE_FLOAT_PIXEL_DATA,
          PIXEL_DATA);

  private DicomTag() {}

  static boolean isRead(int tag) {
    return READ.contains(tag);
  }
}
