package org.osteon.dataset;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int MAGIC = 8;

  private final Path file;
  private final ZipFile zip;

  NpzReader(Path file) throws IOException {
    this.file = file;
    this.zip = new ZipFile(file.toFile());
  }

  /** One array, all of it. */
  @SuppressWarnings("ArrayRecordComponent") // made here and owned by the caller
  record Array(String type, int[] shape, byte[] bytes) {}

  /** The rows of {@code uint8 [N, …]}. */
  List<byte[]> bytes(String name) throws IOException {
    Array array = array(name, "|u1");
    int rows = array.shape()[0];
    int row = rows == 0 ? 0 : array.bytes().length / rows;
    List<byte[]> split = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      split.add(Arrays.copyOfRange(array.bytes(), i * row, (i + 1) * row));
    }
    return split;
  }

  /** {@code int64 [N]}. */
  long[] longs(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(array(name, "<i8").bytes()).order(ByteOrder.LITTLE_ENDIAN);
    long[] values = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(values);
    return values;
  }

  /** UTF-8 text, without the zeros that fill it up. */
  List<String> strings(String name) throws IOException {
    Array array = array(name, "|S");
    int width = Integer.parseInt(array.type().substring(2));
    List<String> values = new ArrayList<>();
    for (int at = 0; at < array.bytes().length; at += width) {
      int end = at + width;
      while (end > at && array.bytes()[end - 1] == 0) {
        end--;
      }
      values.add(new String(array.bytes(), at, end - at, StandardCharsets.UTF_8));
    }
    return values;
  }

  private Array array(String name, String type) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new IOException(file + " has no array " + name);
    }
    try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
      in.skipNBytes(MAGIC);
      int length = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
      String header = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
      Matcher matcher = HEADER.matcher(header);
      if (!matcher.find() || !matcher.group(1).startsWith(type)) {
        throw new IOException(file + ": array " + name + " is not of type " + type);
      }
      int[] shape =
          Pattern.compile("\\d+")
              .matcher(matcher.group(2))
              .results()
              .mapToInt(r -> Integer.parseInt(r.group()))
              .toArray();
      return new Array(matcher.group(1), shape, in.readAllBytes());
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
