package org.osteon.image.dicom;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What of a DICOM file goes into its copy; see {@link DicomCopy}. */
public interface DicomRule {
  /** What becomes of an attribute. */
  enum Fate {
    /** It is not in the copy. */
    LEFT_OUT,
    /** As it is, where {@link #kept} finds nothing wrong with its value. */
    KEPT,
    /** With what {@link #replaced} makes of its value. */
    REPLACED,
    /** A sequence whose items are copied by the same rule. */
    ITEMS
  }

  /**
   * An attribute that every copy has, of the outermost level.
   *
   * @param vr its value representation, one with a short length
   * @param value in ASCII
   */
  record Added(String vr, String value) {}

  /** What is added, by tag; an attribute of the same tag should be left out. */
  SortedMap<Integer, Added> added();

  /**
   * @param tag {@code group << 16 | element}
   */
  Fate of(int tag);

  /**
   * Value representation of an attribute that is kept, replaced or a sequence; it is written as
   * that, whatever the file says.
   *
   * @return two letters; XS for US or SS
   */
  String vr(int tag);

  /**
   * Asked of texts alone.
   *
   * @param value as ISO 8859-1, with its padding; of values that are not longer than 4096 bytes
   */
  boolean kept(int tag, String value);

  /**
   * @param value as ISO 8859-1, without its padding
   * @return the new value in ASCII, or null to leave the attribute out
   */
  @Nullable String replaced(int tag, String value);
}
