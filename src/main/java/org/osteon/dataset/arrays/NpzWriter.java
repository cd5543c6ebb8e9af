package org.osteon.dataset.arrays;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's {@code .npz}: a zip of {@code .npy} arrays (format 1.0, C order), compressed.
 *
 * <p><b>Threading.</b> One thread.
 */
final class NpzWriter implements AutoCloseable {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private final ZipOutputStream zip;

  NpzWriter(Path file) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** {@code uint8 [rows.size(), shape…]}; each row has the product of the shape in bytes. */
  void bytes(String name, List<byte[]> rows, int... shape) throws IOException {
    begin(name, "|u1", rows.size(), shape);
    for (byte[] row : rows) {
      zip.write(row);
    }
    zip.closeEntry();
  }

  /** {@code int64 [N]}. */
  void longs(String name, long[] values) throws IOException {
    begin(name, "<i8", values.length);
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    zip.write(bytes.array());
    zip.closeEntry();
  }

  /** UTF-8 in a byte string array {@code S<longest> [N]}, padded with zeros as NumPy does. */
  void strings(String name, List<String> values) throws IOException {
    List<byte[]> encoded = values.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
    int longest = Math.max(1, encoded.stream().mapToInt(b -> b.length).max().orElse(1));
    begin(name, "|S" + longest, values.size());
    for (byte[] value : encoded) {
      zip.write(Arrays.copyOf(value, longest));
    }
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private void begin(String name, String type, int rows, int... rest) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    // The same arrays give the same file.
    entry.setTime(0);
    zip.putNextEntry(entry);
    String shape =
        rows + "," + Arrays.stream(rest).mapToObj(n -> " " + n).collect(Collectors.joining(","));
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape);
    int unpadded = MAGIC.length + 2 + header.length() + 1;
    int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    zip.write(MAGIC);
    zip.write(
        ByteBuffer.allocate(2)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) text.length)
            .array());
    zip.write(text);
  }
}
