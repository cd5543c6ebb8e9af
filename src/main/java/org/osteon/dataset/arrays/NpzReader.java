package org.osteon.dataset.arrays;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads what {@link NpzWriter} writes: {@code .npy} format 1.0, C order, of bytes, of {@code int64}
 * or of byte strings.
 *
 * <p><b>Threading.</b> One thread.
 */
final class NpzReader implements AutoCloseable {
  private static final Pattern HEADER =
      Pattern.compile("'descr': '([^']+)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final int MAGIC = 8;

  private final Path file;
  private final ZipFile zip;

  NpzReader(Path file) throws IOException {
    this.file = file;
    this.zip = new ZipFile(file.toFile());
  }

  /** What stands before an array's bytes. */
  private record Header(String type, List<Integer> shape) {}

  /** Whether there is such an array. */
  boolean has(String name) {
    return zip.getEntry(name + ".npy") != null;
  }

  /** The rows of {@code uint8 [N, …]}. */
  List<byte[]> bytes(String name) throws IOException {
    try (DataInputStream in = open(name)) {
      Header header = header(in, name, "|u1");
      int row = header.shape().stream().skip(1).reduce(1, (a, b) -> a * b);
      List<byte[]> rows = new ArrayList<>();
      for (int i = 0; i < header.shape().get(0); i++) {
        rows.add(in.readNBytes(row));
      }
      return rows;
    }
  }

  /** {@code int64 [N]}. */
  long[] longs(String name) throws IOException {
    try (DataInputStream in = open(name)) {
      header(in, name, "<i8");
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      long[] values = new long[bytes.remaining() / Long.BYTES];
      bytes.asLongBuffer().get(values);
      return values;
    }
  }

  /** UTF-8 text, without the zeros that fill it up. */
  List<String> strings(String name) throws IOException {
    try (DataInputStream in = open(name)) {
      int width = Integer.parseInt(header(in, name, "|S").type().substring(2));
      byte[] bytes = in.readAllBytes();
      List<String> values = new ArrayList<>();
      for (int at = 0; at < bytes.length; at += width) {
        int end = at + width;
        while (end > at && bytes[end - 1] == 0) {
          end--;
        }
        values.add(new String(bytes, at, end - at, StandardCharsets.UTF_8));
      }
      return values;
    }
  }

  private DataInputStream open(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new IOException(file + " has no array " + name);
    }
    return new DataInputStream(new BufferedInputStream(zip.getInputStream(entry)));
  }

  private Header header(DataInputStream in, String name, String type) throws IOException {
    in.skipNBytes(MAGIC);
    int length = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
    Matcher matcher = HEADER.matcher(new String(in.readNBytes(length), StandardCharsets.US_ASCII));
    if (!matcher.find() || !matcher.group(1).startsWith(type)) {
      throw new IOException(file + ": array " + name + " is not of type " + type);
    }
    List<Integer> shape =
        NUMBER.matcher(matcher.group(2)).results().map(r -> Integer.valueOf(r.group())).toList();
    return new Header(matcher.group(1), shape);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
