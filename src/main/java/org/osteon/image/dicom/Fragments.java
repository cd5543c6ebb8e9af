package org.osteon.image.dicom;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/** Encapsulated pixels (PS3.5 section A.4): items in a sequence of undefined length. */
public final class Fragments {
  private Fragments() {}

  /**
   * The bytes of the first frame: of a single frame all fragments, of several what the offset table
   * says, or the first fragment where it is empty.
   */
  public static byte[] firstFrame(ByteReader in, DicomElement pixels, int frames)
      throws RejectedImageException {
    if (!pixels.undefined()) {
      // Some writers give encapsulated pixels a length: the items are within.
      if (pixels.length() < 8 || in.u16(pixels.at()) != 0xFFFE) {
        throw RejectedImageException.corrupt("Compressed pixels are not in items.");
      }
    }
    DicomElements items = new DicomElements(in, false, pixels.at(), in.length());
    DicomElement table = item(items);
    long end = frames > 1 ? secondFrame(in, table) : Long.MAX_VALUE;
    items.passOver(table);
    long first = items.position();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (DicomElement one = items.header(); one != null; one = items.header()) {
      if (one.tag() != DicomTag.ITEM || one.at() - 8 - first >= end) {
        break;
      }
      frame.writeBytes(in.bytes(one.at(), one.length()));
      items.passOver(one);
      if (frames > 1 && end == Long.MAX_VALUE) {
        break;
      }
    }
    if (frame.size() == 0) {
      throw RejectedImageException.truncated("The file ends before its pixels.");
    }
    return frame.toByteArray();
  }

  /**
   * The bytes of each frame. Where an offset table does not tell several frames apart, each has a
   * fragment; where that cannot be, only the first is found, as {@link #firstFrame} finds it.
   */
  public static List<byte[]> frames(ByteReader in, DicomElement pixels, int frames)
      throws RejectedImageException {
    if (frames <= 1) {
      return List.of(firstFrame(in, pixels, frames));
    }
    DicomElements items = new DicomElements(in, false, pixels.at(), in.length());
    DicomElement table = item(items);
    items.passOver(table);
    long first = items.position();
    List<DicomElement> fragments = new ArrayList<>();
    for (DicomElement one = items.header();
        one != null && one.tag() == DicomTag.ITEM && !one.undefined();
        one = items.header()) {
      fragments.add(one);
      items.passOver(one);
    }
    boolean told = table.length() >= 4L * frames;
    if (!told && fragments.size() != frames) {
      return List.of(firstFrame(in, pixels, frames));
    }
    List<byte[]> found = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      long from = told ? first + in.u32(table.at() + 4L * i) : fragments.get(i).at() - 8;
      long to =
          i + 1 == frames
              ? Long.MAX_VALUE
              : told ? first + in.u32(table.at() + 4L * i + 4) : fragments.get(i + 1).at() - 8;
      for (DicomElement each : fragments) {
        if (each.at() - 8 >= from && each.at() - 8 < to) {
          frame.writeBytes(in.bytes(each.at(), each.length()));
        }
      }
      if (frame.size() == 0) {
        throw RejectedImageException.corrupt("A frame has no fragment.");
      }
      found.add(frame.toByteArray());
    }
    return found;
  }

  private static DicomElement item(DicomElements items) throws RejectedImageException {
    DicomElement table = items.header();
    if (table == null) {
      throw RejectedImageException.truncated("The file ends before its pixels.");
    }
    if (table.tag() != DicomTag.ITEM || table.undefined()) {
      throw RejectedImageException.corrupt("Compressed pixels do not begin with an offset table.");
    }
    return table;
  }

  /** Where the second frame begins, from the first fragment on. */
  private static long secondFrame(ByteReader in, DicomElement table) throws RejectedImageException {
    return table.length() >= 8 ? in.u32(table.at() + 4) : Long.MAX_VALUE;
  }
}
