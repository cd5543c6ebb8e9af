package org.osteon.gateway;

import static org.osteon.gateway.DicomParts.JPEG;
import static org.osteon.gateway.DicomParts.RLE;
import static org.osteon.gateway.DicomParts.SIDE;
import static org.osteon.gateway.DicomParts.encapsulated;
import static org.osteon.gateway.DicomParts.file;
import static org.osteon.gateway.DicomParts.header;
import static org.osteon.gateway.DicomParts.meta;
import static org.osteon.gateway.DicomParts.ramp;
import static org.osteon.gateway.DicomParts.raw16;
import static org.osteon.gateway.DicomParts.rle;
import static org.osteon.gateway.DicomParts.undefined;
import static org.osteon.gateway.Marks.MARK;
import static org.osteon.gateway.Marks.ascii;
import static org.osteon.gateway.Marks.element;
import static org.osteon.gateway.Marks.even;
import static org.osteon.gateway.Marks.find;
import static org.osteon.gateway.Marks.implicit;
import static org.osteon.gateway.Marks.joined;
import static org.osteon.gateway.Marks.marks;
import static org.osteon.gateway.Marks.with;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** DICOM files with a mark in every place that can take one, by the name of the place. */
final class MarkedDicom {
  private MarkedDicom() {}

  static Map<String, byte[]> files(byte[] drawn) {
    Map<String, byte[]> marked = new TreeMap<>();
    headers(marked);
    raw(marked);
    byte[] jpeg = MarkedPictures.jpeg(drawn, false);
    int rows = sizeOf(jpeg, 5);
    int columns = sizeOf(jpeg, 7);
    Map<String, byte[]> frames = MarkedPictures.jpegs(drawn);
    for (String place : frames.keySet()) {
      if (place.startsWith("jpeg grey: ") && !place.contains("nothing")) {
        byte[] frame = even(frames.getOrDefault(place, jpeg));
        marked.put("dicom " + place, file(JPEG, rows, columns, 8, encapsulated(frame)));
      }
    }
    marked.put(
        "dicom jpeg: extra fragment", file(JPEG, rows, columns, 8, encapsulated(even(jpeg), MARK)));
    byte[] table = joined(implicit(0xFFFEE000, even(MARK)), implicit(0xFFFEE000, even(jpeg)));
    marked.put("dicom jpeg: offset table", file(JPEG, rows, columns, 8, undefined(table)));
    marked.put(
        "dicom jpeg: extended offset table",
        file(
            JPEG,
            rows,
            columns,
            8,
            joined(
                element(0x7FE00001, "OV", marks(24)),
                element(0x7FE00002, "OV", marks(24)),
                encapsulated(even(jpeg)))));
    byte[] segments = rle();
    byte[] offsets = segments.clone();
    System.arraycopy(MARK, 0, offsets, 40, MARK.length);
    marked.put("dicom rle: unused offsets", file(RLE, SIDE, SIDE, 8, encapsulated(offsets)));
    marked.put("dicom rle: tail", file(RLE, SIDE, SIDE, 8, encapsulated(joined(segments, MARK))));
    byte[] gap = with(segments, 64, MARK);
    gap[4] = (byte) (64 + MARK.length);
    marked.put("dicom rle: before the segment", file(RLE, SIDE, SIDE, 8, encapsulated(gap)));
    byte[] longer =
        joined(
            Arrays.copyOf(segments, segments.length - 65),
            new byte[] {127},
            rest(segments),
            marks(64));
    marked.put("dicom rle: last run too long", file(RLE, SIDE, SIDE, 8, encapsulated(longer)));
    return marked;
  }

  /** The last 64 pixels of the last run. */
  private static byte[] rest(byte[] segments) {
    return Arrays.copyOfRange(segments, segments.length - 64, segments.length);
  }

  private static void headers(Map<String, byte[]> marked) {
    byte[] raw = element(0x7FE00010, "OW", ramp(0x0FFF));
    marked.put("dicom: nothing", raw16(new byte[0], raw));
    Map<String, byte[]> elements = new HashMap<>();
    elements.put("body part of 5,000 letters", element(0x00180015, "LT", joined(marks(5000))));
    elements.put("body part", element(0x00180015, "CS", even(MARK)));
    elements.put(
        "rows as a text", element(0x00280010, "LT", even(joined(new byte[] {64, 0}, MARK))));
    elements.put("window of 5,000 letters", element(0x00281050, "UT", marks(5000)));
    elements.put("unknown representation", element(0x00180015, "UN", even(MARK)));
    elements.put("smallest value as bytes", element(0x00280106, "OB", even(MARK)));
    elements.put(
        "private",
        joined(element(0x00090010, "LO", even(MARK)), element(0x00091001, "UN", even(MARK))));
    elements.put("group length", element(0x00080000, "UT", even(MARK)));
    elements.put("name", element(0x00100010, "PN", even(MARK)));
    elements.put(
        "icon",
        element(0x00880200, "SQ", implicit(0xFFFEE000, element(0x7FE00010, "OW", even(MARK)))));
    elements.put("overlay", element(0x60003000, "OW", even(MARK)));
    elements.put("curve", element(0x50003000, "OW", even(MARK)));
    byte[] entries = new byte[8192];
    for (int i = 0; i < 4096; i++) {
      entries[2 * i] = (byte) i;
      entries[2 * i + 1] = (byte) (i >> 8);
    }
    byte[] lut =
        joined(
            element(0x00283002, "US", new byte[] {0, 16, 0, 0, 12, 0}),
            element(0x00283003, "LO", even(MARK)),
            element(0x00283006, "OW", joined(entries, even(MARK))),
            element(0x00091001, "UN", even(MARK)));
    elements.put("behind a lookup table", element(0x00283000, "SQ", implicit(0xFFFEE000, lut)));
    elements.put(
        "kept text in a sequence",
        element(0x00289110, "SQ", implicit(0xFFFEE000, element(0x00280030, "UT", marks(6000)))));
    elements.put(
        "second of a tag",
        joined(element(0x00180015, "CS", ascii("HAND")), element(0x00180015, "CS", even(MARK))));
    elements.forEach((place, more) -> marked.put("dicom: " + place, raw16(more, raw)));
    byte[] whole = raw16(new byte[0], raw);
    byte[] preamble = whole.clone();
    System.arraycopy(MARK, 0, preamble, 10, MARK.length);
    marked.put("dicom: preamble", preamble);
    marked.put(
        "dicom: title of the source", with(whole, 132, element(0x00020016, "AE", even(MARK))));
    marked.put(
        "dicom: private information",
        with(
            whole,
            132,
            joined(element(0x00020100, "UI", even(MARK)), element(0x00020102, "OB", even(MARK)))));
    marked.put(
        "dicom: transfer syntax", file("1.2.840.10008.1.2.1\\" + Marks.NAME, SIDE, SIDE, 16, raw));
    marked.put("dicom: another transfer syntax", file(Marks.NAME, SIDE, SIDE, 16, raw));
    marked.put("dicom: class", replaced(whole, 0x00080016));
    marked.put("dicom: instance", replaced(whole, 0x00080018));
  }

  private static byte[] replaced(byte[] file, int tag) {
    byte[] begin = Arrays.copyOf(element(tag, "UI", new byte[0]), 6);
    for (int i = 140; i < file.length; i++) {
      if (Arrays.equals(begin, 0, 6, file, i, i + 6)) {
        int length = 8 + (file[i + 6] & 0xFF);
        return joined(
            Arrays.copyOf(file, i),
            element(tag, "UI", even(joined(ascii("1.2."), MARK))),
            Arrays.copyOfRange(file, i + length, file.length));
      }
    }
    throw new AssertionError("no such element");
  }

  private static void raw(Map<String, byte[]> marked) {
    byte[] ramp = ramp(0x0FFF);
    marked.put(
        "dicom raw: tail", raw16(new byte[0], element(0x7FE00010, "OW", joined(ramp, even(MARK)))));
    byte[] spare = ramp.clone();
    for (int i = 0; i < spare.length / 2; i++) {
      int nibble = MARK[i / 2 % MARK.length] >> (i % 2 == 0 ? 4 : 0) & 15;
      spare[2 * i + 1] |= (byte) (nibble << 4);
    }
    marked.put(
        "dicom raw: bits that are not stored",
        raw16(new byte[0], element(0x7FE00010, "OW", spare)));
    byte[] whole = raw16(new byte[0], element(0x7FE00010, "OW", ramp));
    marked.put(
        "dicom raw: behind the pixels", joined(whole, element(0xFFFCFFFC, "OB", even(MARK)), MARK));
    marked.put("dicom raw: second pixels", joined(whole, element(0x7FE00010, "OW", even(MARK))));
    byte[] set =
        joined(
            header(SIDE, SIDE, 16),
            even(new byte[0]),
            element(0x7FE00010, "OW", joined(ramp, marks(300))));
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(set);
    deflater.finish();
    byte[] deflated = new byte[set.length];
    int length = deflater.deflate(deflated);
    marked.put(
        "dicom deflated: behind the stream",
        joined(meta("1.2.840.10008.1.2.1.99"), Arrays.copyOf(deflated, length), MARK));
    deflater.end();
  }

  /** A number of the frame header. */
  private static int sizeOf(byte[] jpeg, int at) {
    int frame = find(jpeg, 0xFFC0);
    return (jpeg[frame + at] & 0xFF) << 8 | (jpeg[frame + at + 1] & 0xFF);
  }
}
