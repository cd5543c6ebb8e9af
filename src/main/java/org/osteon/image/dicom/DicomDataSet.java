package org.osteon.image.dicom;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * A data set up to its pixels: where the attributes that matter lie. Nothing is copied but the
 * value that is asked for.
 */
public final class DicomDataSet {
  private final ByteReader in;
  private final boolean explicit;
  private final Map<Integer, DicomElement> elements = new HashMap<>();

  private DicomDataSet(ByteReader in, boolean explicit) {
    this.in = in;
    this.explicit = explicit;
  }

  /**
   * Reads headers up to the pixels and not behind them.
   *
   * @param in with the order of the data set's numbers
   */
  static DicomDataSet read(ByteReader in, boolean explicit, long from, long end)
      throws RejectedImageException {
    DicomDataSet set = new DicomDataSet(in, explicit);
    DicomElements all = new DicomElements(in, explicit, from, end);
    for (DicomElement one = all.header(); one != null; one = all.header()) {
      if (one.tag() == DicomTag.ITEM_DELIMITATION || one.tag() == DicomTag.SEQUENCE_DELIMITATION) {
        // The end of an item of undefined length; on the outermost level, one too many.
        if (end != in.length()) {
          break;
        }
        all.passOver(new DicomElement(one.tag(), 0, one.at(), 0));
        continue;
      }
      if (DicomTag.isRead(one.tag())) {
        set.elements.putIfAbsent(one.tag(), one);
      }
      if (isPixels(one.tag())) {
        break;
      }
      all.passOver(one);
    }
    return set;
  }

  private static boolean isPixels(int tag) {
    return tag == DicomTag.PIXEL_DATA
        || tag == DicomTag.FLOAT_PIXEL_DATA
        || tag == DicomTag.DOUBLE_FLOAT_PIXEL_DATA;
  }

  /** Whether the data set was read up to its pixels. */
  public boolean hasPixels() {
    return element(DicomTag.PIXEL_DATA) != null
        || element(DicomTag.FLOAT_PIXEL_DATA) != null
        || element(DicomTag.DOUBLE_FLOAT_PIXEL_DATA) != null;
  }

  public ByteReader in() {
    return in;
  }

  public @Nullable DicomElement element(int tag) {
    return elements.get(tag);
  }

  public boolean has(int tag) {
    DicomElement element = elements.get(tag);
    return element != null && element.length() > 0;
  }

  /** The first value of US, or the otherwise. */
  public int u16(int tag, int otherwise) throws RejectedImageException {
    DicomElement element = elements.get(tag);
    return element == null || element.length() < 2 ? otherwise : in.u16(element.at());
  }

  /** The first value of a text without its padding; empty where there is none. */
  public String text(int tag) throws RejectedImageException {
    DicomElement element = elements.get(tag);
    if (element == null || element.undefined()) {
      return "";
    }
    // No attribute that is asked for by text has values longer than 64 characters.
    int length = (int) Math.min(element.length(), 256);
    String all = new String(in.bytes(element.at(), length), StandardCharsets.ISO_8859_1);
    int next = all.indexOf('\\');
    return (next < 0 ? all : all.substring(0, next)).replace('\0', ' ').trim();
  }

  /** The first value of DS or IS; null where there is none or it is no number. */
  public @Nullable Double number(int tag) throws RejectedImageException {
    try {
      String text = text(tag);
      double value = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  /** The first item of a sequence, read; null where there is none. */
  public @Nullable DicomDataSet firstItem(int tag) throws RejectedImageException {
    DicomElement sequence = elements.get(tag);
    if (sequence == null || sequence.length() < 8) {
      return null;
    }
    // A sequence that arrives as "unknown" is implicit, whatever surrounds it.
    boolean named = explicit && sequence.vr() != DicomElement.UN;
    DicomElement item = new DicomElements(in, named, sequence.at(), in.length()).header();
    if (item == null || item.tag() != DicomTag.ITEM) {
      return null;
    }
    // One short of the whole, so that the item's own delimiter ends it.
    long end = item.undefined() ? in.length() - 1L : item.at() + item.length();
    return read(in, named, item.at(), end);
  }

  /**
   * The data set that holds an attribute: this one, or in enhanced multi-frame objects the macro of
   * the first frame, else of all frames (PS3.3 section C.7.6.16).
   */
  public DicomDataSet holderOf(int tag, int macro) throws RejectedImageException {
    if (has(tag)) {
      return this;
    }
    for (int groups :
        new int[] {DicomTag.PER_FRAME_FUNCTIONAL_GROUPS, DicomTag.SHARED_FUNCTIONAL_GROUPS}) {
      DicomDataSet frame = firstItem(groups);
      DicomDataSet found = frame == null ? null : frame.firstItem(macro);
      if (found != null && found.has(tag)) {
        return found;
      }
    }
    return this;
  }
}
