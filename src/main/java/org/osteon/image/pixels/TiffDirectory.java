package org.osteon.image.pixels;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.image.Orientation;
import org.osteon.image.RejectedImageException;

/** The first directory (IFD) of a TIFF file, or of the EXIF block inside a JPEG or PNG. */
public final class TiffDirectory {
  public static final int ORIENTATION = 0x0112;

  private static final int SHORT = 3;
  private static final int LONG = 4;

  private record Entry(int type, long count, long at) {}

  private final ByteReader in;
  private final Map<Integer, Entry> entries = new HashMap<>();

  /**
   * @param file from the byte order mark on
   */
  public TiffDirectory(ByteReader file) throws RejectedImageException {
    in = file.ordered(file.u8(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (in.u16(2) != 42) {
      throw RejectedImageException.unsupported("Not a classic TIFF directory.");
    }
    long at = in.u32(4);
    int count = in.u16(at);
    in.require(at + 2, 12L * count);
    for (int i = 0; i < count; i++) {
      long entry = at + 2 + 12L * i;
      int type = in.u16(entry + 2);
      long values = in.u32(entry + 4);
      int size = type == SHORT ? 2 : type == LONG ? 4 : 1;
      long where = size * values <= 4 ? entry + 8 : in.u32(entry + 8);
      entries.putIfAbsent(in.u16(entry), new Entry(type, values, where));
    }
  }

  /** The orientation in a block of EXIF; a block that cannot be read says nothing. */
  public static Orientation orientationIn(ByteReader exif) {
    try {
      return Orientation.of(new TiffDirectory(exif).number(ORIENTATION, 1));
    } catch (RejectedImageException unreadable) {
      return Orientation.NORMAL;
    }
  }

  public boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** Where the value of a tag lies in the file, or null where it is absent. */
  public @Nullable Long offsetOf(int tag) {
    Entry entry = entries.get(tag);
    return entry == null ? null : entry.at;
  }

  public long number(int tag, long otherwise) throws RejectedImageException {
    Entry entry = entries.get(tag);
    return entry == null || entry.count == 0 ? otherwise : value(entry, 0);
  }

  public long[] numbers(int tag) throws RejectedImageException {
    Entry entry = entries.get(tag);
    if (entry == null) {
      return new long[0];
    }
    // Before allocating: a count is four bytes that anyone can write.
    in.require(entry.at, entry.count * (entry.type == SHORT ? 2 : 4));
    long[] all = new long[(int) entry.count];
    for (int i = 0; i < all.length; i++) {
      all[i] = value(entry, i);
    }
    return all;
  }

  private long value(Entry entry, int index) throws RejectedImageException {
    return switch (entry.type) {
      case SHORT -> in.u16(entry.at + 2L * index);
      case LONG -> in.u32(entry.at + 4L * index);
      default -> throw RejectedImageException.corrupt("A TIFF tag has an unexpected type.");
    };
  }
}
