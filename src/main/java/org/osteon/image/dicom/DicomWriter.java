package org.osteon.image.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One level of a data set, in explicit little endian and in the order of its tags, each of which it
 * has once.
 */
final class DicomWriter {
  /** Whose entries are those of all three colours. */
  private static final int PALETTE = DicomTag.RED_PALETTE_DESCRIPTOR;

  private final TreeMap<Integer, byte[]> elements = new TreeMap<>(Integer::compareUnsigned);

  boolean has(int tag) {
    return elements.containsKey(tag);
  }

  /** Entries of the table that a value belongs to, whose descriptor comes before it. */
  int entries(int tag) {
    int descriptor = tag == DicomTag.LUT_DATA ? DicomTag.LUT_DESCRIPTOR : PALETTE;
    byte[] written = elements.get(descriptor);
    if (written == null) {
      return 0;
    }
    int claimed = (written[8] & 0xFF) | (written[9] & 0xFF) << 8;
    return claimed == 0 ? 1 << 16 : claimed;
  }

  /**
   * @param vr two letters
   * @param value in ASCII
   */
  void text(int tag, String vr, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    byte[] padded = Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
    if (padded.length > bytes.length && !vr.equals("UI")) {
      padded[bytes.length] = ' ';
    }
    value(tag, vr, padded);
  }

  /**
   * @param value in little endian; it is filled up to an even length
   */
  void value(int tag, String vr, byte[] value) {
    boolean wide = vr.startsWith("O") || vr.equals("SQ");
    byte[] padded = Arrays.copyOf(value, value.length + value.length % 2);
    ByteBuffer out = header(tag, vr, wide, padded.length, padded.length);
    elements.put(tag, out.put(padded).array());
  }

  /** A sequence; its items have no length, so they need not be measured. */
  void items(int tag, List<byte[]> items) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] item : items) {
      all.writeBytes(item(DicomTag.ITEM, 0xFFFF_FFFF));
      all.writeBytes(item);
      all.writeBytes(item(DicomTag.ITEM_DELIMITATION, 0));
    }
    all.writeBytes(item(DicomTag.SEQUENCE_DELIMITATION, 0));
    elements.put(
        tag, header(tag, "SQ", true, 0xFFFF_FFFF, all.size()).put(all.toByteArray()).array());
  }

  /** Encapsulated pixels (PS3.5 section A.4): an empty offset table, a fragment for each frame. */
  void fragments(List<byte[]> frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(item(DicomTag.ITEM, 0));
    for (byte[] frame : frames) {
      all.writeBytes(item(DicomTag.ITEM, frame.length + frame.length % 2));
      all.writeBytes(frame);
      all.writeBytes(new byte[frame.length % 2]);
    }
    all.writeBytes(item(DicomTag.SEQUENCE_DELIMITATION, 0));
    elements.put(
        DicomTag.PIXEL_DATA,
        header(DicomTag.PIXEL_DATA, "OB", true, 0xFFFF_FFFF, all.size())
            .put(all.toByteArray())
            .array());
  }

  byte[] bytes() {
    int length = elements.values().stream().mapToInt(each -> each.length).sum();
    ByteBuffer all = ByteBuffer.allocate(length);
    for (Map.Entry<Integer, byte[]> each : elements.entrySet()) {
      all.put(each.getValue());
    }
    return all.array();
  }

  private static ByteBuffer header(int tag, String vr, boolean wide, int length, int follows) {
    ByteBuffer out = ByteBuffer.allocate((wide ? 12 : 8) + follows).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) (tag >>> 16)).putShort((short) tag);
    out.put(vr.getBytes(StandardCharsets.US_ASCII));
    return wide ? out.putShort((short) 0).putInt(length) : out.putShort((short) length);
  }

  private static byte[] item(int tag, int length) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >>> 16))
        .putShort((short) tag)
        .putInt(length)
        .array();
  }
}
