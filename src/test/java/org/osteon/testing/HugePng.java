package org.osteon.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Valid PNGs of 800 MB when decoded: 10,000 pixels a side of four samples of sixteen bits, nearly
 * all of them 0.
 */
public final class HugePng {
  private static final int SIDE = 10_000;

  private HugePng() {}

  /**
   * @param seed the first sample, so that each is another file
   */
  public static byte[] of(int seed) throws IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated =
        new DeflaterOutputStream(rows, new Deflater(Deflater.BEST_SPEED))) {
      byte[] row = new byte[1 + SIDE * 8];
      row[1] = (byte) seed;
      for (int i = 0; i < SIDE; i++) {
        deflated.write(row);
      }
    }
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream ihdr = new DataOutputStream(header);
    ihdr.writeInt(SIDE);
    ihdr.writeInt(SIDE);
    ihdr.write(new byte[] {16, 6, 0, 0, 0});
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    chunk(png, "IHDR", header.toByteArray());
    chunk(png, "IDAT", rows.toByteArray());
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data)
      throws IOException {
    DataOutputStream out = new DataOutputStream(png);
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.US_ASCII));
    crc.update(data);
    out.writeInt(data.length);
    out.writeBytes(type);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }
}
