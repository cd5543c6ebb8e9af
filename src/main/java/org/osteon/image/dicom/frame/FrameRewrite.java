package org.osteon.image.dicom.frame;

import java.util.ArrayList;
import java.util.List;
import org.osteon.image.RejectedImageException;
import org.osteon.image.dicom.DicomDataSet;
import org.osteon.image.dicom.DicomElement;
import org.osteon.image.dicom.Fragments;
import org.osteon.image.dicom.PixelRewrite;
import org.osteon.image.dicom.TransferSyntax;
import org.osteon.image.jpeg.JpegLsRewrite;
import org.osteon.image.jpeg.JpegRewrite;
import org.osteon.image.pixels.ByteReader;

/**
 * Frames written anew from what was understood of them. Uncompressed ones with the bits that are
 * stored and as many as there are pixels; compressed ones as their coding's own rewriting has it.
 * No offset table, no fragment of nothing, no byte behind the last pixel.
 *
 * @param mostPixels that a frame may have
 */
public record FrameRewrite(long mostPixels) implements PixelRewrite {
  private static final int MOST_FRAMES = 10_000;

  @Override
  public Pixels of(TransferSyntax syntax, DicomDataSet data, ByteReader in, DicomElement element)
      throws RejectedImageException {
    ImagePixels pixels = ImagePixels.of(data);
    if (pixels.rows() < 1
        || pixels.columns() < 1
        || (long) pixels.rows() * pixels.columns() > mostPixels
        || pixels.frames() > MOST_FRAMES) {
      throw RejectedImageException.corrupt(
          "The header claims %d frames of %d × %d."
              .formatted(pixels.frames(), pixels.columns(), pixels.rows()));
    }
    if (syntax.coding() == TransferSyntax.Coding.NONE) {
      byte[] raw = RawRewrite.of(in, element, pixels);
      return new Pixels(pixels.sampleBytes() == 1 ? "OB" : "OW", List.of(raw));
    }
    List<byte[]> frames = new ArrayList<>();
    for (byte[] frame : Fragments.frames(in, element, pixels.frames())) {
      frames.add(frame(syntax, frame, pixels));
    }
    return new Pixels("OB", frames);
  }

  private byte[] frame(TransferSyntax syntax, byte[] frame, ImagePixels pixels)
      throws RejectedImageException {
    return switch (syntax.coding()) {
      case RLE -> RleFrame.rewrite(frame, pixels);
      case JPEG_BASELINE, JPEG_EXTENDED, JPEG_LOSSLESS -> JpegRewrite.frame(frame, mostPixels);
      case JPEG_LS, JPEG_LS_NEAR_LOSSLESS -> {
        CodestreamHeader.jpegLs(frame, pixels);
        yield JpegLsRewrite.frame(frame);
      }
      case JPEG_2000, JPEG_2000_LOSSLESS -> {
        Jpeg2000Header.check(frame, pixels);
        yield Jpeg2000Rewrite.of(frame);
      }
      default -> throw RejectedImageException.unsupported("These pixels are not read.");
    };
  }
}
