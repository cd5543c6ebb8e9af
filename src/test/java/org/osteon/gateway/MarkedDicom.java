package org.osteon.gateway;

import static org.osteon.gateway.Marks.MARK;
import static org.osteon.gateway.Marks.ascii;
import static org.osteon.gateway.Marks.element;
import static org.osteon.gateway.Marks.even;
import static org.osteon.gateway.Marks.find;
import static org.osteon.gateway.Marks.implicit;
import static org.osteon.gateway.Marks.joined;
import static org.osteon.gateway.Marks.marks;
import static org.osteon.gateway.Marks.segment;
import static org.osteon.gateway.Marks.with;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.osteon.testing.Dcmtk;

/** DICOM files with a mark in every place that can take one, by the name of the place. */
final class MarkedDicom {
  private static final int SIDE = 64;
  private static final String RAW = "1.2.840.10008.1.2.1";
  private static final String JPEG = "1.2.840.10008.1.2.4.50";
  private static final String RLE = "1.2.840.10008.1.2.5";

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
    byte[] raw = pixels(element(0x7FE00010, "OW", ramp(0x0FFF)));
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
        "dicom raw: tail",
        raw16(new byte[0], pixels(element(0x7FE00010, "OW", joined(ramp, even(MARK))))));
    byte[] spare = ramp.clone();
    for (int i = 0; i < spare.length / 2; i++) {
      int nibble = MARK[i / 2 % MARK.length] >> (i % 2 == 0 ? 4 : 0) & 15;
      spare[2 * i + 1] |= (byte) (nibble << 4);
    }
    marked.put(
        "dicom raw: bits that are not stored",
        raw16(new byte[0], pixels(element(0x7FE00010, "OW", spare))));
    byte[] whole = raw16(new byte[0], pixels(element(0x7FE00010, "OW", ramp)));
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

  /** Files of other makes with a mark in the codestream, where the shared folder is. */
  static Map<String, byte[]> ofOthers() throws IOException {
    Map<String, byte[]> marked = new TreeMap<>();
    Path shared = Dcmtk.root().resolve("../shared/data/dicom/radiograph").normalize();
    for (String name :
        new String[] {
          "pydicom_RG2_JPLL",
          "robyoung_RG3_JPLL",
          "pydicom_RG2_JPLY_fixed",
          "pydicom_RG2_JLSL",
          "robyoung_RG3_JLSN",
          "pydicom_RG1_J2KI",
          "pydicom_RG3_J2KR",
          "robyoung_RG2_RLE",
          "orthanc-mi_Monochrome1-Jpeg"
        }) {
      Path path = shared.resolve(name + ".dcm");
      if (!Files.exists(path)) {
        continue;
      }
      byte[] file = Files.readAllBytes(path);
      marked.put("dicom " + name + ": nothing", file);
      int pixels = start(file);
      boolean wide = name.contains("J2K");
      if (!name.contains("RLE")) {
        int first =
            item(
                file,
                pixels,
                wide ? new byte[] {(byte) 0xFF, 0x4F} : new byte[] {(byte) 0xFF, (byte) 0xD8});
        marked.put("dicom " + name + ": tail", longer(file, lastItem(file, pixels), -1, MARK));
        if (wide) {
          int behindSize =
              first + 8 + 4 + ((file[first + 12] & 0xFF) << 8 | (file[first + 13] & 0xFF));
          marked.put(
              "dicom " + name + ": comment",
              longer(file, first, behindSize, segment(0x64, new byte[] {0, 1}, MARK)));
          marked.put(
              "dicom " + name + ": registration",
              longer(file, first, behindSize, segment(0x63, marks(4), MARK)));
        } else {
          marked.put(
              "dicom " + name + ": comment", longer(file, first, first + 10, segment(0xFE, MARK)));
          marked.put(
              "dicom " + name + ": application",
              longer(file, first, first + 10, segment(0xE5, MARK)));
        }
      }
      byte[] fragment = implicit(0xFFFEE000, even(MARK));
      int end = file.length;
      byte[] delimiter = implicit(0xFFFEE0DD, new byte[0]);
      for (int i = pixels; i + 8 <= file.length; i++) {
        if (Arrays.equals(delimiter, 0, 8, file, i, i + 8)) {
          end = i;
        }
      }
      marked.put("dicom " + name + ": extra fragment", with(file, end, fragment));
    }
    return marked;
  }

  private static int start(byte[] file) {
    byte[] begin = {(byte) 0xE0, 0x7F, 0x10, 0, 'O'};
    for (int i = file.length - 5; i > 0; i--) {
      if (Arrays.equals(begin, 0, 5, file, i, i + 5)) {
        return i;
      }
    }
    throw new AssertionError("no pixels");
  }

  private static int item(byte[] file, int from, byte[] begin) {
    for (int i = from; i + 10 < file.length; i++) {
      if (file[i] == (byte) 0xFE
          && file[i + 1] == (byte) 0xFF
          && file[i + 2] == 0
          && file[i + 3] == (byte) 0xE0
          && file[i + 8] == begin[0]
          && file[i + 9] == begin[1]) {
        return i;
      }
    }
    throw new AssertionError("no such fragment");
  }

  /** The last fragment. */
  private static int lastItem(byte[] file, int pixels) {
    ByteBuffer numbers = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int last = pixels + 12;
    for (int at = last; numbers.getInt(at) == 0xE000FFFE; at += 8 + numbers.getInt(at + 4)) {
      last = at;
    }
    return last;
  }

  /** An item with more in it. */
  private static byte[] longer(byte[] file, int item, int at, byte[] more) {
    ByteBuffer numbers = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int length = numbers.getInt(item + 4);
    byte[] even = even(more);
    byte[] longer =
        with(
            file,
            at < 0 ? item + 8 + length : at,
            even.length > more.length && at >= 0 ? more : even);
    if (even.length > more.length && at >= 0) {
      longer = with(longer, item + 8 + length + more.length, new byte[1]);
    }
    ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(item + 4, length + even.length);
    return longer;
  }

  private static byte[] ramp(int mask) {
    byte[] pixels = new byte[2 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      pixels[2 * i] = (byte) (i * 37 & mask);
      pixels[2 * i + 1] = (byte) ((i * 37 & mask) >> 8);
    }
    return pixels;
  }

  /** One segment of literal runs of 128, the last of 64 and 64. */
  private static byte[] rle() {
    ByteBuffer out =
        ByteBuffer.allocate(64 + SIDE * SIDE + SIDE * SIDE / 128 + 1)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(1).putInt(64).position(64);
    int at = 0;
    while (at < SIDE * SIDE) {
      int run = SIDE * SIDE - at > 128 ? 128 : 64;
      out.put((byte) (run - 1));
      for (int i = 0; i < run; i++, at++) {
        out.put((byte) (at * 13));
      }
    }
    return out.array();
  }

  private static byte[] encapsulated(byte[]... fragments) {
    byte[] items = implicit(0xFFFEE000, new byte[0]);
    for (byte[] fragment : fragments) {
      items = joined(items, implicit(0xFFFEE000, even(fragment)));
    }
    return undefined(items);
  }

  private static byte[] undefined(byte[] items) {
    byte[] begin = element(0x7FE00010, "OB", new byte[0]);
    Arrays.fill(begin, 8, 12, (byte) 0xFF);
    return joined(begin, items, implicit(0xFFFEE0DD, new byte[0]));
  }

  private static byte[] pixels(byte[] element) {
    return element;
  }

  private static byte[] raw16(byte[] more, byte[] pixels) {
    return file(RAW, SIDE, SIDE, 16, joined(more, pixels));
  }

  private static byte[] file(String syntax, int rows, int columns, int bits, byte[] pixels) {
    return joined(meta(syntax), header(rows, columns, bits), pixels);
  }

  private static byte[] meta(String syntax) {
    return joined(new byte[128], ascii("DICM"), element(0x00020010, "UI", even(ascii(syntax))));
  }

  private static byte[] header(int rows, int columns, int bits) {
    return joined(
        element(0x00080016, "UI", even(ascii("1.2.840.10008.5.1.4.1.1.1.1"))),
        element(0x00080018, "UI", even(ascii("2.25.4711"))),
        element(0x00080060, "CS", ascii("DX")),
        element(0x0020000D, "UI", even(ascii("2.25.4712"))),
        element(0x0020000E, "UI", even(ascii("2.25.4713"))),
        number(0x00280002, 1),
        element(0x00280004, "CS", even(ascii("MONOCHROME2"))),
        number(0x00280010, rows),
        number(0x00280011, columns),
        number(0x00280100, bits),
        number(0x00280101, bits == 16 ? 12 : 8),
        number(0x00280102, bits == 16 ? 11 : 7),
        number(0x00280103, 0));
  }

  private static byte[] number(int tag, int value) {
    return element(tag, "US", new byte[] {(byte) value, (byte) (value >> 8)});
  }

  /** A number of the frame header. */
  private static int sizeOf(byte[] jpeg, int at) {
    int frame = find(jpeg, 0xFFC0);
    return (jpeg[frame + at] & 0xFF) << 8 | (jpeg[frame + at + 1] & 0xFF);
  }
}
