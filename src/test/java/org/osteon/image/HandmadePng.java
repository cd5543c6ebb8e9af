package org.osteon.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG files written by hand, for the depths and colour types that no library here writes. */
public final class HandmadePng {
  /** The samples of one pixel, in the file's own range. */
  public interface Pixels {
    int[] at(int x, int y);
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public HandmadePng() {
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A});
  }

  public static byte[] of(int bits, int colour, Pixels pixels) {
    return new HandmadePng()
        .header(Quadrants.WIDTH, Quadrants.HEIGHT, bits, colour)
        .data(rows(bits, pixels))
        .end();
  }

  public HandmadePng header(int width, int height, int bits, int colour) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bits).put((byte) colour).put(new byte[3]);
    return chunk("IHDR", header.array());
  }

  public HandmadePng data(byte[] rows) {
    Deflater deflater = new Deflater();
    deflater.setInput(rows);
    deflater.finish();
    byte[] packed = new byte[rows.length + 1000];
    int length = deflater.deflate(packed);
    deflater.end();
    return chunk("IDAT", java.util.Arrays.copyOf(packed, length));
  }

  public HandmadePng chunk(String type, byte[] data) {
    byte[] body =
        ByteBuffer.allocate(4 + data.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data)
            .array();
    CRC32 crc = new CRC32();
    crc.update(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    return this;
  }

  public byte[] end() {
    return chunk("IEND", new byte[0]).soFar();
  }

  byte[] soFar() {
    return out.toByteArray();
  }

  /** Rows with filter 0, samples packed as PNG has it. */
  public static byte[] rows(int bits, Pixels pixels) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int y = 0; y < Quadrants.HEIGHT; y++) {
      rows.write(0);
      int held = 0;
      int filled = 0;
      for (int x = 0; x < Quadrants.WIDTH; x++) {
        for (int sample : pixels.at(x, y)) {
          if (bits == 16) {
            rows.write(sample >> 8);
            rows.write(sample);
            continue;
          }
          held = (held << bits) | sample;
          filled += bits;
          if (filled == 8) {
            rows.write(held);
            held = 0;
            filled = 0;
          }
        }
      }
    }
    return rows.toByteArray();
  }
}
