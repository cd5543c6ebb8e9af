package org.osteon.image.dicom;

import java.nio.ByteOrder;

/**
 * How a data set and its pixels are encoded (PS3.5 section 10 and annex A).
 *
 * @param uid Transfer Syntax UID (0002,0010)
 * @param explicit whether elements name their value representation
 * @param order of numbers, pixels included
 * @param deflated whether everything behind the meta header is deflated
 * @param coding how the pixels are compressed
 */
public record TransferSyntax(
    String uid, boolean explicit, ByteOrder order, boolean deflated, Coding coding) {
  /** How pixels are compressed. */
  public enum Coding {
    NONE,
    RLE,
    JPEG_BASELINE,
    JPEG_EXTENDED,
    JPEG_LOSSLESS,
    JPEG_LS,
    JPEG_LS_NEAR_LOSSLESS,
    JPEG_2000_LOSSLESS,
    JPEG_2000,
    /** Known to be there, not read. */
    OTHER
  }

  static final TransferSyntax IMPLICIT_LITTLE =
      new TransferSyntax("1.2.840.10008.1.2", false, ByteOrder.LITTLE_ENDIAN, false, Coding.NONE);
  static final TransferSyntax EXPLICIT_LITTLE = explicitLittle("1.2.840.10008.1.2.1", Coding.NONE);
  static final TransferSyntax EXPLICIT_BIG =
      new TransferSyntax("1.2.840.10008.1.2.2", true, ByteOrder.BIG_ENDIAN, false, Coding.NONE);

  private static final String ROOT = "1.2.840.10008.1.2";

  /** Any other UID is a data set in explicit little endian whose pixels are not read. */
  static TransferSyntax of(String uid) {
    if (!uid.startsWith(ROOT)) {
      return explicitLittle(uid, Coding.OTHER);
    }
    return switch (uid.substring(ROOT.length())) {
      case "" -> IMPLICIT_LITTLE;
      case ".1" -> EXPLICIT_LITTLE;
      case ".1.99" -> new TransferSyntax(uid, true, ByteOrder.LITTLE_ENDIAN, true, Coding.NONE);
      case ".2" -> EXPLICIT_BIG;
      case ".5" -> explicitLittle(uid, Coding.RLE);
      case ".4.50" -> explicitLittle(uid, Coding.JPEG_BASELINE);
      case ".4.51" -> explicitLittle(uid, Coding.JPEG_EXTENDED);
      case ".4.57", ".4.70" -> explicitLittle(uid, Coding.JPEG_LOSSLESS);
      case ".4.80" -> explicitLittle(uid, Coding.JPEG_LS);
      case ".4.81" -> explicitLittle(uid, Coding.JPEG_LS_NEAR_LOSSLESS);
      case ".4.90" -> explicitLittle(uid, Coding.JPEG_2000_LOSSLESS);
      case ".4.91" -> explicitLittle(uid, Coding.JPEG_2000);
      default -> explicitLittle(uid, Coding.OTHER);
    };
  }

  /** The same, with what the first element of the data set shows to be so. */
  TransferSyntax withExplicit(boolean seen) {
    return seen == explicit ? this : new TransferSyntax(uid, seen, order, deflated, coding);
  }

  private static TransferSyntax explicitLittle(String uid, Coding coding) {
    return new TransferSyntax(uid, true, ByteOrder.LITTLE_ENDIAN, false, coding);
  }
}
