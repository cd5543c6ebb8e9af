package org.osteon.image.dicom;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.osteon.image.ImageFault;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * A DICOM file (PS3.10 section 7.1) opened up to its pixels: with or without preamble, with or
 * without meta header, and then by what its first element looks like.
 *
 * @param syntax how it is encoded
 * @param data the data set, its pixels' header included
 * @param source the file
 * @param from where the data set begins in the source
 */
@SuppressWarnings("ArrayRecordComponent") // the caller's file, which is not changed
public record DicomFile(TransferSyntax syntax, DicomDataSet data, byte[] source, long from) {
  private static final int PREAMBLE = 128;
  private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);

  /** Elements of more than this can come first in no data set: they are text or numbers. */
  private static final int LONGEST_FIRST = 1024;

  /** Whether the first bytes are a DICOM file's, or a data set's without any header. */
  public static boolean recognises(byte[] bytes) {
    return hasMagic(bytes, PREAMBLE) || hasMagic(bytes, 0) || isHeadless(bytes);
  }

  /**
   * Opens a file.
   *
   * @param maxHeaderBytes what a deflated header may inflate to
   */
  public static DicomFile open(byte[] bytes, long maxHeaderBytes) throws RejectedImageException {
    ByteReader little = new ByteReader(bytes, ByteOrder.LITTLE_ENDIAN);
    long meta = metaHeader(bytes);
    String uid = "";
    long from = meta;
    DicomElements elements = new DicomElements(little, true, meta, bytes.length);
    for (DicomElement one = elements.header();
        one != null && one.tag() >>> 16 == 2;
        one = elements.header()) {
      if (one.tag() == DicomTag.TRANSFER_SYNTAX_UID) {
        uid = DicomDataSet.read(little, true, from, one.at() + one.length()).text(one.tag());
      }
      elements.passOver(one);
      from = elements.position();
    }
    TransferSyntax named = uid.isEmpty() ? TransferSyntax.EXPLICIT_LITTLE : TransferSyntax.of(uid);
    if (named.deflated()) {
      return deflated(bytes, named, from, maxHeaderBytes);
    }
    TransferSyntax seen = uid.isEmpty() ? guessed(bytes, from) : named;
    seen = seen.withExplicit(isExplicit(bytes, from, seen));
    ByteReader in = little.ordered(seen.order());
    return new DicomFile(
        seen, DicomDataSet.read(in, seen.explicit(), from, bytes.length), bytes, from);
  }

  private static DicomFile deflated(
      byte[] bytes, TransferSyntax syntax, long from, long maxHeaderBytes)
      throws RejectedImageException {
    Inflated inflated = new Inflated(bytes, Math.toIntExact(from), maxHeaderBytes);
    while (true) {
      byte[] start = inflated.more();
      ByteReader in = new ByteReader(start, syntax.order());
      TransferSyntax seen = syntax.withExplicit(isExplicit(start, 0, syntax));
      try {
        DicomDataSet data = DicomDataSet.read(in, seen.explicit(), 0, start.length);
        if (inflated.isWhole() || data.hasPixels()) {
          return new DicomFile(seen, data, bytes, from);
        }
      } catch (RejectedImageException tooShort) {
        if (inflated.isWhole() || tooShort.fault() != ImageFault.TRUNCATED_IMAGE) {
          throw tooShort;
        }
      }
    }
  }

  /** The value of an element to read from its beginning; for pixels, which may be large. */
  public InputStream stream(DicomElement element) throws RejectedImageException {
    if (syntax.deflated()) {
      return Inflated.stream(source, Math.toIntExact(from), element.at());
    }
    data.in().require(element.at(), element.length());
    return new ByteArrayInputStream(source, (int) element.at(), (int) element.length());
  }

  /** Where the meta header begins, or the data set where there is none. */
  private static long metaHeader(byte[] bytes) {
    boolean preamble = hasMagic(bytes, PREAMBLE);
    // The four letters may lie in a headless file's text by chance; then elements begin at 0.
    if (preamble && (isMeta(bytes, PREAMBLE + 4) || !isHeadless(bytes))) {
      return PREAMBLE + 4;
    }
    return hasMagic(bytes, 0) ? 4 : 0;
  }

  private static boolean isMeta(byte[] bytes, int at) {
    return bytes.length >= at + 2 && bytes[at] == 2 && bytes[at + 1] == 0;
  }

  private static boolean hasMagic(byte[] bytes, int at) {
    return bytes.length >= at + MAGIC.length
        && java.util.Arrays.equals(bytes, at, at + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** Whether a meta header's or a data set's first element stands at the very beginning. */
  private static boolean isHeadless(byte[] bytes) {
    if (bytes.length < 16) {
      return false;
    }
    boolean big = bytes[0] == 0;
    ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteReader in = new ByteReader(bytes, order);
    try {
      int group = in.u16(0);
      int element = in.u16(2);
      boolean first = (group == 2 && element <= 0x10 && !big) || (group == 8 && element <= 0x18);
      int vr = in.u8(4) << 8 | in.u8(5);
      long length = DicomElements.isVr(vr) ? in.u16(6) : in.u32(4);
      return first && length <= Math.min(LONGEST_FIRST, bytes.length);
    } catch (RejectedImageException tooShort) {
      return false;
    }
  }

  private static TransferSyntax guessed(byte[] bytes, long from) {
    // The first group of a data set is 0008: the order shows in its two bytes.
    return from + 1 < bytes.length && bytes[(int) from] == 0 && bytes[(int) from + 1] != 0
        ? TransferSyntax.EXPLICIT_BIG
        : isExplicit(bytes, from, TransferSyntax.IMPLICIT_LITTLE)
            ? TransferSyntax.EXPLICIT_LITTLE
            : TransferSyntax.IMPLICIT_LITTLE;
  }

  /** As the first element has it: files that name another syntax than they use are common. */
  private static boolean isExplicit(byte[] bytes, long from, TransferSyntax named) {
    if (bytes.length < from + 8) {
      return named.explicit();
    }
    int at = (int) from + 4;
    return DicomElements.isVr((bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF));
  }
}
