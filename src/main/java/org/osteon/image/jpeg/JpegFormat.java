package org.osteon.image.jpeg;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.Header;
import org.osteon.image.Orientation;
import org.osteon.image.PlaneSize;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;
import org.osteon.image.pixels.NativeImages;
import org.osteon.image.pixels.TiffDirectory;
import org.osteon.image.pixels.WholeFileFormat;

/** JPEG of 8 bits, sequential or progressive Huffman: grey, colour and Adobe's CMYK. */
public final class JpegFormat extends WholeFileFormat {
  private static final String MEDIA_TYPE = "image/jpeg";
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final String EXIF = "Exif\0\0";
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COM = 0xFE;

  /** Each progressive scan walks the whole picture again; encoders write about ten. */
  private static final int MAX_SCANS = 100;

  public JpegFormat() {
    super(MEDIA_TYPE, "jpg", "jpeg");
  }

  @Override
  public boolean recognises(byte[] bytes) {
    return ByteReader.startsWith(bytes, 0xFF, 0xD8, 0xFF);
  }

  @Override
  protected Header header(byte[] bytes) throws RejectedImageException {
    JpegSegments segments = new JpegSegments(bytes);
    Orientation orientation = Orientation.NORMAL;
    boolean adobe = false;
    while (segments.advance()) {
      int marker = segments.marker();
      if (isFrame(marker)) {
        return frame(segments, orientation, adobe);
      }
      if (marker == JpegSegments.SOS) {
        break;
      }
      if (marker == APP1 && has(segments, EXIF)) {
        orientation = exifOrientation(segments);
      }
      adobe |= marker == APP14 && has(segments, "Adobe");
    }
    throw RejectedImageException.corrupt("The JPEG has no frame header before its data.");
  }

  /** The orientation that an APP1 segment tells; normal where it is no EXIF. */
  public static Orientation exifOrientation(JpegSegments segments) throws RejectedImageException {
    if (!has(segments, EXIF)) {
      return Orientation.NORMAL;
    }
    int at = segments.payload() + EXIF.length();
    ByteReader exif = segments.in().slice(at, segments.end() - at, ByteOrder.BIG_ENDIAN);
    return TiffDirectory.orientationIn(exif);
  }

  private static Header frame(JpegSegments segments, Orientation orientation, boolean adobe)
      throws RejectedImageException {
    ByteReader in = segments.in();
    int at = segments.payload();
    int marker = segments.marker();
    if (marker > 0xC2) {
      throw RejectedImageException.unsupported(
          "JPEG process SOF%d (lossless, hierarchical or arithmetic) is not read."
              .formatted(marker - 0xC0));
    }
    if (in.u8(at) != 8) {
      throw RejectedImageException.unsupported("JPEG of %d bits is not read.".formatted(in.u8(at)));
    }
    int height = in.u16(at + 1L);
    int components = in.u8(at + 5L);
    if (height == 0) {
      throw RejectedImageException.unsupported("JPEG with its height behind the data (DNL).");
    }
    if (components != 1 && components != 3 && components != 4) {
      throw RejectedImageException.unsupported(
          "JPEG of %d components is not read.".formatted(components));
    }
    if (components == 4 && !adobe) {
      // Adobe stores ink inverted; without its marker black cannot be told from white.
      throw RejectedImageException.unsupported("CMYK JPEG without Adobe's marker is not read.");
    }
    return new Header(MEDIA_TYPE, in.u16(at + 3L), height, orientation);
  }

  @Override
  protected void verify(byte[] bytes, Header header) throws RejectedImageException {
    JpegSegments segments = new JpegSegments(bytes);
    int frames = 0;
    int scans = 0;
    while (segments.advance()) {
      frames += isFrame(segments.marker()) ? 1 : 0;
      scans += segments.marker() == JpegSegments.SOS ? 1 : 0;
      if (frames > 1 || scans > MAX_SCANS) {
        throw RejectedImageException.corrupt("The JPEG repeats its frame or its scans.");
      }
    }
    if (scans == 0) {
      throw RejectedImageException.truncated("The JPEG has no scan.");
    }
    // A block of 64 pixels takes at least two bits when sequential, and in a progressive file at
    // least a 32767th of an end-of-band run plus one DC bit.
    long blocks = ((header.width() + 7) / 8) * ((header.height() + 7) / 8);
    if (segments.scanBytes() < blocks / 8) {
      throw RejectedImageException.truncated("The JPEG's scan ends before its picture.");
    }
  }

  @Override
  protected Mat pixels(byte[] bytes, Header header, PlaneSize drawn) throws RejectedImageException {
    int fraction = fraction(header, drawn);
    int flags =
        switch (fraction) {
          case 8 -> IMREAD_REDUCED_GRAYSCALE_8;
          case 4 -> IMREAD_REDUCED_GRAYSCALE_4;
          case 2 -> IMREAD_REDUCED_GRAYSCALE_2;
          default -> IMREAD_GRAYSCALE;
        };
    Mat decoded = NativeImages.decode(bytes, withoutMetadata(bytes), flags);
    if (decoded.cols() != part(header.width(), fraction)
        || decoded.rows() != part(header.height(), fraction)) {
      decoded.close();
      throw RejectedImageException.corrupt("The JPEG decodes to another size than it claims.");
    }
    return NativeImages.grey8(decoded);
  }

  /** The largest of 8, 4, 2, 1 that leaves both sides at least as long as they will be drawn. */
  private static int fraction(Header header, PlaneSize drawn) {
    int fraction = 8;
    while (fraction > 1
        && (part(header.width(), fraction) < drawn.width()
            || part(header.height(), fraction) < drawn.height())) {
      fraction /= 2;
    }
    return fraction;
  }

  private static long part(long length, int fraction) {
    return (length + fraction - 1) / fraction;
  }

  /** The file without EXIF, colour profiles and comments; it was verified, so it can be walked. */
  private static List<NativeImages.Piece> withoutMetadata(byte[] bytes)
      throws RejectedImageException {
    List<NativeImages.Piece> pieces = new ArrayList<>();
    pieces.add(new NativeImages.Piece(0, 2));
    JpegSegments segments = new JpegSegments(bytes);
    while (segments.advance()) {
      if (!isMetadata(segments.marker())) {
        pieces.add(new NativeImages.Piece(segments.start(), segments.end() - segments.start()));
      }
    }
    pieces.add(new NativeImages.Piece(segments.start(), 2));
    return pieces;
  }

  private static boolean isMetadata(int marker) {
    return marker == COM || (marker > APP0 && marker <= APP15 && marker != APP14);
  }

  /** SOF0 to SOF15 without DHT, JPG and DAC; JPEG-LS has a frame marker of its own. */
  private static boolean isFrame(int marker) {
    return marker == 0xF7
        || (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC);
  }

  static boolean has(JpegSegments segments, String name) throws RejectedImageException {
    if (segments.end() - segments.payload() < name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (segments.in().u8(segments.payload() + (long) i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
