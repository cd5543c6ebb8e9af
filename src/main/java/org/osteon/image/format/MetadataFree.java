package org.osteon.image.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osteon.image.RejectedImageException;
import org.osteon.image.jpeg.JpegFormat;
import org.osteon.image.jpeg.JpegSegments;
import org.osteon.image.pixels.ByteReader;

/**
 * A JPEG or PNG with nothing in it but its picture: no EXIF but the orientation, no comment, no
 * text, no profile, no thumbnail, nothing behind its end.
 */
public final class MetadataFree {
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COMMENT = 0xFE;

  /** What a PNG's picture needs (PNG specification, section 11). */
  private static final Set<String> CHUNKS =
      Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "sBIT", "gAMA");

  private MetadataFree() {}

  /** A file whose parts cannot be told apart: nobody knows what would leave. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  /**
   * Copies.
   *
   * @return null where it is neither JPEG nor PNG
   * @throws UnreadableException where its parts cannot be followed to its end
   */
  public static byte @Nullable [] of(byte[] file) throws UnreadableException {
    if (ByteReader.startsWith(file, 0xFF, 0xD8, 0xFF)) {
      try {
        return jpeg(file);
      } catch (RejectedImageException e) {
        throw new UnreadableException(String.valueOf(e.getMessage()));
      }
    }
    return ByteReader.startsWith(file, 0x89, 'P', 'N', 'G', 13, 10, 26, 10) ? png(file) : null;
  }

  private static byte[] jpeg(byte[] file) throws RejectedImageException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    out.write(file, 0, 2);
    int orientation = 1;
    int app1At = out.size();
    JpegSegments segments = new JpegSegments(file);
    while (segments.advance()) {
      int marker = segments.marker();
      if (marker == APP1 && orientation == 1) {
        orientation = JpegFormat.exifOrientation(segments).ordinal() + 1;
      }
      boolean foreign = marker > APP0 && marker <= APP15 && marker != APP14;
      // JFIF and Adobe's say how colours are meant; with a thumbnail or a text behind, they go too.
      boolean longer =
          (marker == APP0 || marker == APP14) && segments.end() - segments.start() > 18;
      if (!foreign && !longer && marker != COMMENT) {
        out.write(file, segments.start(), segments.end() - segments.start());
      }
    }
    out.write(file, segments.start(), 2);
    return orientation == 1 ? out.toByteArray() : turned(out.toByteArray(), app1At, orientation);
  }

  /** With an EXIF segment that holds the orientation and no more. */
  private static byte[] turned(byte[] jpeg, int at, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xFFE1).putShort((short) 34);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length + exif.capacity());
    out.write(jpeg, 0, at);
    out.writeBytes(exif.array());
    out.write(jpeg, at, jpeg.length - at);
    return out.toByteArray();
  }

  private static byte[] png(byte[] file) throws UnreadableException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    out.write(file, 0, 8);
    ByteBuffer in = ByteBuffer.wrap(file).position(8);
    while (in.remaining() >= 12) {
      int begin = in.position();
      int length = in.getInt();
      byte[] name = new byte[4];
      in.get(name);
      if (length < 0 || length > in.remaining() - 4) {
        throw new UnreadableException("The PNG ends within a chunk.");
      }
      in.position(begin + 12 + length);
      String chunk = new String(name, StandardCharsets.US_ASCII);
      if (CHUNKS.contains(chunk)) {
        out.write(file, begin, 12 + length);
      }
      if (chunk.equals("IEND")) {
        return out.toByteArray();
      }
    }
    throw new UnreadableException("The PNG ends without its end chunk.");
  }
}
