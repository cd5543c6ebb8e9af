package org.osteon.image.jpeg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.image.RejectedImageException;
import org.osteon.image.jpeg.JpegFrameHeader.Process;
import org.osteon.image.pixels.ByteReader;

/**
 * A JPEG written anew from what was understood of it: the frame header, the tables that its scans
 * use and of those the symbols that are used, the codes that make pixels. Whatever else is in the
 * file has no place in the new one. Its pixels are the same.
 */
public final class JpegRewrite {
  private static final int MAX_SCANS = 100;

  private final ByteArrayOutputStream out;
  private final byte[] source;
  private final JpegSegments segments;
  private final ByteReader in;
  private final long mostPixels;
  private final QuantisationTables quantisation;
  private final @Nullable CodeTable[] codes = new @Nullable CodeTable[8];
  private @Nullable JpegFrameHeader frame;
  private int interval;
  private int writtenInterval;
  private int scans;
  private int next = 2;

  private JpegRewrite(byte[] source, long mostPixels) {
    this.out = new ByteArrayOutputStream(source.length);
    this.source = source;
    this.segments = new JpegSegments(source);
    this.in = segments.in();
    this.quantisation = new QuantisationTables(in);
    this.mostPixels = mostPixels;
  }

  /**
   * A file of its own, with its orientation.
   *
   * @param mostPixels that it may have
   * @throws RejectedImageException it cannot be followed to its end
   */
  public static byte[] picture(byte[] jpeg, long mostPixels) throws RejectedImageException {
    int orientation = new JpegFormat().open(jpeg).header().orientation().ordinal() + 1;
    return new JpegRewrite(jpeg, mostPixels).rewrite(orientation);
  }

  /** A frame within a DICOM file: lossless and of 12 bits too, and it has no orientation. */
  public static byte[] frame(byte[] jpeg, long mostPixels) throws RejectedImageException {
    if (!ByteReader.startsWith(jpeg, 0xFF, 0xD8, 0xFF)) {
      throw RejectedImageException.corrupt("The pixels are no JPEG.");
    }
    return new JpegRewrite(jpeg, mostPixels).rewrite(1);
  }

  private byte[] rewrite(int orientation) throws RejectedImageException {
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
    colours();
    if (orientation != 1) {
      out.writeBytes(turned(orientation));
    }
    while (segments.advanceFrom(next)) {
      next = segments.end();
      segment(segments.marker(), segments.payload(), segments.end());
    }
    if (scans == 0) {
      throw RejectedImageException.truncated("The JPEG has no scan.");
    }
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
    return out.toByteArray();
  }

  private void segment(int marker, int at, int end) throws RejectedImageException {
    switch (marker) {
      case 0xC0, 0xC1, 0xC2, 0xC3 -> {
        if (frame != null) {
          throw RejectedImageException.corrupt("The JPEG repeats its frame or its scans.");
        }
        JpegFrameHeader header = new JpegFrameHeader(marker, in, at, end - at, mostPixels);
        frame = header;
        quantisation.write(header, out);
        header.writeTo(out);
      }
      case 0xC4 -> readCodes(at, end);
      case 0xDA -> scan(at);
      case 0xDB -> quantisation.read(at, end);
      case 0xDD -> interval = in.u16(at);
      default -> {
        boolean leftOut = marker >= 0xE0 || marker == 0x01;
        if (!leftOut) {
          throw RejectedImageException.unsupported(
              "A JPEG with marker %02X is not read.".formatted(marker));
        }
      }
    }
  }

  /** JFIF's and Adobe's segments say how colours are meant; here they say that and no more. */
  private void colours() throws RejectedImageException {
    boolean jfif = false;
    int adobe = -1;
    JpegSegments all = new JpegSegments(source);
    while (all.advance() && all.marker() != JpegSegments.SOS) {
      int length = all.end() - all.payload();
      jfif |= all.marker() == 0xE0 && length >= 14 && JpegFormat.has(all, "JFIF\0");
      if (all.marker() == 0xEE && length >= 12 && JpegFormat.has(all, "Adobe")) {
        adobe = in.u8(all.payload() + 11L);
      }
    }
    if (jfif) {
      out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1});
      out.writeBytes(new byte[] {0, 0, 1, 0, 1, 0, 0});
    }
    if (adobe >= 0) {
      // Decoders take any other transform for the one that they think likeliest.
      out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100});
      out.writeBytes(new byte[] {0, 0, 0, 0, (byte) Math.min(adobe, 3)});
    }
  }

  private void readCodes(int from, int end) throws RejectedImageException {
    for (int at = from; at < end; ) {
      int name = in.u8(at);
      if ((name & 0xF) > 3 || name >> 4 > 1) {
        throw RejectedImageException.corrupt("The JPEG names a table that does not exist.");
      }
      CodeTable table = CodeTable.read(in, at + 1L);
      codes[(name >> 4) * 4 + (name & 0xF)] = table;
      at += 1 + table.bytes();
    }
  }

  private void scan(int at) throws RejectedImageException {
    JpegFrameHeader header = frame;
    int count = in.u8(at);
    if (header == null || count < 1 || count > header.components() || ++scans > MAX_SCANS) {
      throw RejectedImageException.corrupt("The JPEG's scan does not fit its frame.");
    }
    ByteBuffer said = ByteBuffer.allocate(8 + 2 * count);
    said.putShort((short) 0xFFDA).putShort((short) (6 + 2 * count)).put((byte) count);
    long band = at + 1L + 2 * count;
    boolean refines = in.u8(band + 2) >> 4 != 0;
    boolean direct = header.process() != Process.PROGRESSIVE || (in.u8(band) == 0 && !refines);
    boolean alternating =
        header.process() == Process.SEQUENTIAL
            || (header.process() == Process.PROGRESSIVE && in.u8(band) > 0);
    List<JpegScan.Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int component = header.component(in.u8(at + 1L + 2 * i));
      int tables = in.u8(at + 2L + 2 * i);
      if ((tables & 0xF) > 3 || tables >> 4 > 3) {
        throw RejectedImageException.corrupt("The JPEG names a table that does not exist.");
      }
      int dc = direct ? tables >> 4 : 0;
      int ac = alternating ? tables & 0xF : 0;
      parts.add(
          new JpegScan.Part(
              component, direct ? codes[dc] : null, alternating ? codes[4 + ac] : null));
      said.put((byte) header.writtenId(component)).put((byte) (dc << 4 | ac));
    }
    band(header, band, count, said);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    JpegScan scan = new JpegScan(header, parts, in.u8(band), in.u8(band + 1), refines);
    next = scan.rewrite(source, segments.headerEnd(), interval, data);
    quantisation.write(header, out);
    for (int i = 0; i < codes.length; i++) {
      CodeTable table = codes[i];
      if (table != null && named(parts, table)) {
        table.writeTo(out, i / 4 << 4 | i % 4);
      }
    }
    if (interval != writtenInterval) {
      writtenInterval = interval;
      out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDD, 0, 4});
      out.writeBytes(new byte[] {(byte) (interval >> 8), (byte) interval});
    }
    out.writeBytes(said.array());
    out.writeBytes(data.toByteArray());
  }

  /** Which coefficients, and which of their bits (section B.2.3); what means nothing is zero. */
  private void band(JpegFrameHeader header, long at, int count, ByteBuffer said)
      throws RejectedImageException {
    int first = in.u8(at);
    int last = in.u8(at + 1);
    int bits = in.u8(at + 2);
    switch (header.process()) {
      case SEQUENTIAL -> said.put((byte) 0).put((byte) 63).put((byte) 0);
      case LOSSLESS -> {
        if (first < 1 || first > 7 || (bits & 0xF) > 15) {
          throw RejectedImageException.corrupt("The JPEG's scan has no predictor.");
        }
        said.put((byte) first).put((byte) 0).put((byte) (bits & 0xF));
      }
      case PROGRESSIVE -> {
        boolean right = first == 0 ? last == 0 : last >= first && last < 64 && count == 1;
        if (!right || (bits & 0xF) > 13 || bits >> 4 > 14) {
          throw RejectedImageException.corrupt("The JPEG's scan is of no band.");
        }
        said.put((byte) first).put((byte) last).put((byte) bits);
      }
    }
  }

  private static boolean named(List<JpegScan.Part> parts, CodeTable table) {
    return parts.stream().anyMatch(p -> p.direct() == table || p.alternating() == table);
  }

  /** An EXIF segment that holds the orientation and no more. */
  private static byte[] turned(int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xFFE1).putShort((short) 34);
    exif.put("Exif\0\0MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    return exif.putShort((short) orientation).putShort((short) 0).putInt(0).array();
  }
}
