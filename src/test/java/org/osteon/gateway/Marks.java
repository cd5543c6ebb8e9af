package org.osteon.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What stands for a patient's name in marked files, and the pieces that it is put into. */
final class Marks {
  /** Neither a code nor a number, and no picture has it by chance. */
  static final String NAME = "Qx7~Fracture^Anna~4711";

  static final byte[] MARK = NAME.getBytes(StandardCharsets.US_ASCII);

  private Marks() {}

  /** The mark again and again. */
  static byte[] marks(int length) {
    byte[] marks = new byte[length];
    for (int i = 0; i < length; i++) {
      marks[i] = MARK[i % MARK.length];
    }
    return marks;
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] with(byte[] file, int at, byte[] more) {
    return joined(Arrays.copyOf(file, at), more, Arrays.copyOfRange(file, at, file.length));
  }

  /** A segment of a JPEG or of JPEG 2000. */
  static byte[] segment(int marker, byte[]... payload) {
    byte[] all = joined(payload);
    return ByteBuffer.allocate(4 + all.length)
        .putShort((short) (0xFF00 | marker))
        .putShort((short) (2 + all.length))
        .put(all)
        .array();
  }

  /** Where a two-byte marker stands for the first time. */
  static int find(byte[] file, int marker) {
    for (int i = 0; i + 1 < file.length; i++) {
      if (file[i] == (byte) (marker >> 8) && file[i + 1] == (byte) marker) {
        return i;
      }
    }
    throw new AssertionError("no marker " + Integer.toHexString(marker));
  }

  /** Whether as few as six bytes in a row of the mark are in it. */
  static boolean leaks(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    if (text.startsWith("PNG", 1)) {
      text += new String(inflated(file), StandardCharsets.ISO_8859_1);
    }
    for (int i = 0; i + 6 <= NAME.length(); i++) {
      if (text.contains(NAME.substring(i, i + 6))) {
        return true;
      }
    }
    return false;
  }

  /** All that comes out of a PNG's data. */
  private static byte[] inflated(byte[] png) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(png).position(8);
    while (in.remaining() >= 12) {
      int length = in.getInt();
      int name = in.getInt();
      if (name == 0x49444154) {
        data.write(png, in.position(), length);
      }
      in.position(in.position() + length + 4);
      if (name == 0x49454E44) {
        break;
      }
    }
    Inflater inflater = new Inflater();
    inflater.setInput(data.toByteArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] some = new byte[4096];
    try {
      for (int n = inflater.inflate(some); n > 0; n = inflater.inflate(some)) {
        out.write(some, 0, n);
      }
    } catch (DataFormatException e) {
      // What came out of it so far.
    }
    inflater.end();
    return out.toByteArray();
  }

  /** An element in explicit little endian. */
  static byte[] element(int tag, String vr, byte[] value) {
    boolean wide = "OB OW OV SQ UN UT".contains(vr);
    ByteBuffer out =
        ByteBuffer.allocate((wide ? 12 : 8) + value.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) (tag >>> 16)).putShort((short) tag).put(ascii(vr));
    if (wide) {
      out.putShort((short) 0).putInt(value.length);
    } else {
      out.putShort((short) value.length);
    }
    return out.put(value).array();
  }

  /** The same in implicit little endian; also an item. */
  static byte[] implicit(int tag, byte[] value) {
    return ByteBuffer.allocate(8 + value.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >>> 16))
        .putShort((short) tag)
        .putInt(value.length)
        .put(value)
        .array();
  }

  static byte[] even(byte[] value) {
    return Arrays.copyOf(value, value.length + value.length % 2);
  }
}
