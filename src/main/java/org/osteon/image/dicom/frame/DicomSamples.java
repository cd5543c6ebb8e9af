package org.osteon.image.dicom.frame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import org.osteon.image.ImageFault;
import org.osteon.image.RejectedImageException;
import org.osteon.image.dicom.DicomElement;
import org.osteon.image.dicom.DicomFile;
import org.osteon.image.dicom.DicomTag;
import org.osteon.image.dicom.Fragments;

/** Stored values of the first frame, decoded: grey, or the luminance of colours. */
public final class DicomSamples {
  private DicomSamples() {}

  /**
   * {@code int [rows × columns]}: stored values of a grey picture with their sign, indices into a
   * palette, 0 to 255 of a colour picture (its luminance, ITU-R BT.601).
   */
  public static int[] of(DicomFile file, ImagePixels pixels) throws RejectedImageException {
    DicomElement element = file.data().element(DicomTag.PIXEL_DATA);
    if (element == null) {
      throw new RejectedImageException(ImageFault.NO_PIXEL_DATA, "There are no pixels.");
    }
    return switch (file.syntax().coding()) {
      case NONE -> uncompressed(raw(file, element, pixels), pixels, order(file, element));
      case RLE ->
          uncompressed(
              RleFrame.decode(frame(file, element, pixels), pixels),
              planar(pixels),
              ByteOrder.BIG_ENDIAN);
      case JPEG_BASELINE -> JpegFrame.baseline(frame(file, element, pixels), pixels);
      case JPEG_EXTENDED -> JpegFrame.extended(frame(file, element, pixels), pixels);
      case JPEG_LOSSLESS -> RasterFrame.jpegLossless(frame(file, element, pixels), pixels);
      case JPEG_2000, JPEG_2000_LOSSLESS ->
          FfmpegFrame.jpeg2000(frame(file, element, pixels), pixels);
      case JPEG_LS, JPEG_LS_NEAR_LOSSLESS ->
          FfmpegFrame.jpegLs(frame(file, element, pixels), pixels);
      case OTHER ->
          throw new RejectedImageException(
              ImageFault.UNSUPPORTED_TRANSFER_SYNTAX, file.syntax().uid() + " is not read.");
    };
  }

  /** Uncompressed bytes of one frame. */
  private static byte[] raw(DicomFile file, DicomElement element, ImagePixels pixels)
      throws RejectedImageException {
    long wanted = pixels.frameBytes();
    if (element.undefined() || element.length() < wanted) {
      throw RejectedImageException.truncated(
          "There are %d bytes of pixels where a frame has %d."
              .formatted(element.undefined() ? 0 : element.length(), wanted));
    }
    try (InputStream in = file.stream(element)) {
      byte[] bytes = in.readNBytes((int) wanted);
      if (bytes.length < wanted) {
        throw RejectedImageException.truncated("The file ends within its pixels.");
      }
      return bytes;
    } catch (IOException e) {
      throw RejectedImageException.truncated("The pixels cannot be read to their end.");
    }
  }

  private static byte[] frame(DicomFile file, DicomElement element, ImagePixels pixels)
      throws RejectedImageException {
    return Fragments.firstFrame(file.data().in(), element, pixels.frames());
  }

  /** 8-bit values in big endian are bytes, unless the element says words (PS3.5 section 7.3). */
  private static ByteOrder order(DicomFile file, DicomElement element) {
    return file.syntax().order();
  }

  /** RLE keeps colours plane by plane, whatever the header says (PS3.5 annex G). */
  private static ImagePixels planar(ImagePixels p) {
    return new ImagePixels(
        p.rows(),
        p.columns(),
        p.samples(),
        p.photometric(),
        p.allocated(),
        p.stored(),
        p.highBit(),
        p.signed(),
        true,
        p.frames());
  }

  private static int[] uncompressed(byte[] bytes, ImagePixels pixels, ByteOrder order) {
    return pixels.samples() == 1 ? grey(bytes, pixels, order) : colour(bytes, pixels);
  }

  private static int[] grey(byte[] bytes, ImagePixels pixels, ByteOrder order) {
    int[] values = new int[pixels.pixels()];
    boolean big = order == ByteOrder.BIG_ENDIAN;
    boolean wide = pixels.sampleBytes() == 2;
    for (int i = 0; i < values.length; i++) {
      int stored =
          wide
              ? big
                  ? (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF)
                  : (bytes[2 * i + 1] & 0xFF) << 8 | (bytes[2 * i] & 0xFF)
              : bytes[i] & 0xFF;
      values[i] = pixels.value(stored);
    }
    return values;
  }

  /** 8 bits a sample; deeper colours do not occur and keep their high byte. */
  private static int[] colour(byte[] bytes, ImagePixels pixels) {
    int n = pixels.pixels();
    int[] values = new int[n];
    int step = pixels.sampleBytes();
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (pixels.photometric()) {
            case YBR_FULL_422 -> bytes[(i / 2 * 4 + i % 2) * step] & 0xFF;
            case YBR_FULL -> bytes[(pixels.planar() ? i : 3 * i) * step] & 0xFF;
            default ->
                pixels.planar()
                    ? luminance(bytes[i * step], bytes[(n + i) * step], bytes[(2 * n + i) * step])
                    : luminance(
                        bytes[3 * i * step], bytes[(3 * i + 1) * step], bytes[(3 * i + 2) * step]);
          };
    }
    return values;
  }

  /** ITU-R BT.601, as JPEG has it. */
  static int luminance(int red, int green, int blue) {
    return (299 * (red & 0xFF) + 587 * (green & 0xFF) + 114 * (blue & 0xFF) + 500) / 1000;
  }
}
