package org.osteon.image.format;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.osteon.image.Header;
import org.osteon.image.RejectedImageException;
import org.osteon.image.format.PngFormat.Chunk;
import org.osteon.image.pixels.ByteReader;

/**
 * A PNG written anew from what was understood of it: header, the colours of the palette that occur,
 * what is transparent, the rows of pixels deflated again, the orientation. Nothing else of the file
 * has a place in the new one. Its pixels are the same.
 */
final class PngRewrite {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteReader in;
  private final byte[] source;
  private final Header header;
  private final int bits;
  private final int colour;
  private final List<Chunk> data = new ArrayList<>();
  private byte[] palette = new byte[0];
  private byte[] transparent = new byte[0];

  private PngRewrite(byte[] source, Header header) throws RejectedImageException {
    this.source = source;
    this.header = header;
    this.in = new ByteReader(source, ByteOrder.BIG_ENDIAN);
    this.bits = in.u8(24);
    this.colour = in.u8(25);
  }

  /**
   * @param mostPixels that it may have
   * @throws RejectedImageException it cannot be followed to its end
   */
  static byte[] of(byte[] png, long mostPixels) throws RejectedImageException {
    PngFormat format = new PngFormat();
    Header header = format.header(png);
    if (header.width() < 1
        || header.height() < 1
        || header.width() > mostPixels / header.height()) {
      throw RejectedImageException.corrupt(
          "The PNG is %d × %d.".formatted(header.width(), header.height()));
    }
    format.verify(png, header);
    return new PngRewrite(png, header).rewrite();
  }

  private byte[] rewrite() throws RejectedImageException {
    for (Chunk chunk : PngFormat.chunks(in)) {
      byte[] value = Arrays.copyOfRange(source, chunk.data(), chunk.data() + chunk.length());
      switch (chunk.name()) {
        case "PLTE" -> palette = value;
        case "tRNS" -> transparent = value;
        case "IDAT" -> data.add(chunk);
        default -> {
          // Nothing that makes pixels.
        }
      }
    }
    PngRows rows = new PngRows(bits, colour, in.u8(28) == 1, header);
    byte[] deflated = deflated(rows);
    out.writeBytes(SIGNATURE);
    chunk("IHDR", Arrays.copyOfRange(source, 16, 29));
    if (header.orientation().ordinal() > 0) {
      chunk("eXIf", turned(header.orientation().ordinal() + 1));
    }
    palette(rows.usedColours());
    chunk("IDAT", deflated);
    chunk("IEND", new byte[0]);
    return out.toByteArray();
  }

  private byte[] deflated(PngRows rows) throws RejectedImageException {
    List<InputStream> pieces = new ArrayList<>();
    for (Chunk chunk : data) {
      pieces.add(new java.io.ByteArrayInputStream(source, chunk.data(), chunk.length()));
    }
    ByteArrayOutputStream deflated = new ByteArrayOutputStream(source.length);
    Deflater deflater = new Deflater();
    try (DataInputStream inflated =
            new DataInputStream(
                new InflaterInputStream(new SequenceInputStream(Collections.enumeration(pieces))));
        DeflaterOutputStream to = new DeflaterOutputStream(deflated, deflater, 1 << 16)) {
      rows.copy(inflated, to);
    } catch (EOFException e) {
      throw RejectedImageException.truncated("The PNG's pixels end before their picture.");
    } catch (IOException e) {
      throw RejectedImageException.corrupt("The PNG's pixels cannot be inflated.");
    } finally {
      deflater.end();
    }
    return deflated.toByteArray();
  }

  /** Colours that no pixel has are black: they could say anything. */
  private void palette(boolean[] used) throws RejectedImageException {
    boolean indexed = colour == 3;
    if (indexed) {
      int colours = 0;
      for (int i = 0; i < used.length; i++) {
        colours = used[i] ? i + 1 : colours;
      }
      if (palette.length % 3 != 0 || palette.length > 768 || 3 * colours > palette.length) {
        throw RejectedImageException.corrupt("The PNG's palette does not fit its pixels.");
      }
      palette = Arrays.copyOf(palette, 3 * colours);
      transparent = Arrays.copyOf(transparent, Math.min(colours, transparent.length));
      for (int i = 0; i < colours; i++) {
        if (!used[i]) {
          Arrays.fill(palette, 3 * i, 3 * i + 3, (byte) 0);
          if (i < transparent.length) {
            transparent[i] = (byte) 0xFF;
          }
        }
      }
      chunk("PLTE", palette);
    }
    int wanted = colour == 0 ? 2 : colour == 2 ? 6 : indexed ? transparent.length : 0;
    if (wanted > 0 && transparent.length >= wanted) {
      byte[] exact = Arrays.copyOf(transparent, wanted);
      for (int i = 0; !indexed && i < wanted; i += 2) {
        int sample = ((exact[i] & 0xFF) << 8 | (exact[i + 1] & 0xFF)) & (1 << bits) - 1;
        exact[i] = (byte) (sample >> 8);
        exact[i + 1] = (byte) sample;
      }
      chunk("tRNS", exact);
    }
  }

  /** EXIF that holds the orientation and no more. */
  private static byte[] turned(int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(26);
    exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    return exif.putShort((short) orientation).putShort((short) 0).putInt(0).array();
  }

  private void chunk(String name, byte[] value) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(value);
    out.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
    out.writeBytes(type);
    out.writeBytes(value);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
