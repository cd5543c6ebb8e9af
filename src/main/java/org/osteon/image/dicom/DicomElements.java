package org.osteon.image.dicom;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * Steps through the elements of a data set (PS3.5 section 7.1) and over sequences of any depth,
 * without recursion: a file may nest as deep as it has bytes for.
 */
final class DicomElements {
  private final ByteReader in;
  private final boolean explicit;
  private final long end;
  private long next;

  /**
   * @param in with the order of the data set's numbers
   * @param explicit whether elements name their value representation
   * @param from the first element
   * @param end behind the last
   */
  DicomElements(ByteReader in, boolean explicit, long from, long end) {
    this.in = in;
    this.explicit = explicit;
    this.next = from;
    this.end = Math.min(end, in.length());
  }

  /** Where the next element begins. */
  long position() {
    return next;
  }

  /** The next element's header; null behind the last. Then {@link #passOver} goes on. */
  @Nullable DicomElement header() throws RejectedImageException {
    // Fewer bytes than a header has are padding, as some archives leave it.
    if (end - next < 8) {
      return null;
    }
    return header(next, explicit);
  }

  /** Goes behind an element that {@link #header} gave. */
  void passOver(DicomElement element) throws RejectedImageException {
    next = element.undefined() ? behind(element) : element.at() + element.length();
    in.require(element.at(), next - element.at());
  }

  private DicomElement header(long at, boolean named) throws RejectedImageException {
    int tag = in.u16(at) << 16 | in.u16(at + 2);
    if (tag >>> 16 == 0xFFFE) {
      return new DicomElement(tag, 0, at + 8, in.u32(at + 4));
    }
    int vr = in.u8(at + 4) << 8 | in.u8(at + 5);
    // Writers that fall back to implicit in the middle of a data set exist; letters tell.
    if (!named || !isVr(vr)) {
      return new DicomElement(tag, 0, at + 8, in.u32(at + 4));
    }
    return hasLongLength(vr)
        ? new DicomElement(tag, vr, at + 12, in.u32(at + 8))
        : new DicomElement(tag, vr, at + 8, in.u16(at + 6));
  }

  /**
   * Behind the delimiter of a value of undefined length. What nests is counted, not remembered; of
   * an element of unknown representation only at which depth it began, since all within it is
   * implicit little endian (PS3.5 section 6.2.2, note 4).
   */
  private long behind(DicomElement outer) throws RejectedImageException {
    if (outer.vr() == DicomElement.UN && in.order() == ByteOrder.BIG_ENDIAN) {
      throw RejectedImageException.unsupported(
          "A sequence of unknown representation in big endian is not read.");
    }
    long at = outer.at();
    long depth = 1;
    long implicitSince = outer.vr() == DicomElement.UN ? 1 : Long.MAX_VALUE;
    while (true) {
      DicomElement element = header(at, explicit && depth < implicitSince);
      if (element.tag() == DicomTag.ITEM_DELIMITATION
          || element.tag() == DicomTag.SEQUENCE_DELIMITATION) {
        at = element.at();
        depth--;
        if (depth == 0) {
          return at;
        }
        implicitSince = depth < implicitSince ? Long.MAX_VALUE : implicitSince;
      } else if (element.undefined()) {
        depth++;
        if (element.vr() == DicomElement.UN && implicitSince == Long.MAX_VALUE) {
          implicitSince = depth;
        }
        at = element.at();
      } else {
        in.require(element.at(), element.length());
        at = element.at() + element.length();
      }
    }
  }

  static boolean isVr(int vr) {
    return isLetter(vr >> 8) && isLetter(vr & 0xFF);
  }

  private static boolean isLetter(int c) {
    return c >= 'A' && c <= 'Z';
  }

  /** PS3.5 table 7.1-1. */
  private static boolean hasLongLength(int vr) {
    return switch (vr) {
      case 'O' << 8 | 'B',
          'O' << 8 | 'D',
          'O' << 8 | 'F',
          'O' << 8 | 'L',
          'O' << 8 | 'V',
          'O' << 8 | 'W',
          'S' << 8 | 'Q',
          'S' << 8 | 'V',
          'U' << 8 | 'C',
          'U' << 8 | 'N',
          'U' << 8 | 'R',
          'U' << 8 | 'T',
          'U' << 8 | 'V' ->
          true;
      default -> false;
    };
  }
}
