package org.osteon.image.format;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.DicomImage;
import org.osteon.image.Header;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageFormat;
import org.osteon.image.OpenedImage;
import org.osteon.image.Orientation;
import org.osteon.image.PlaneSize;
import org.osteon.image.RejectedImageException;
import org.osteon.image.dicom.DicomDataSet;
import org.osteon.image.dicom.DicomFile;
import org.osteon.image.dicom.DicomHeader;
import org.osteon.image.dicom.DicomTag;
import org.osteon.image.dicom.TransferSyntax;
import org.osteon.image.dicom.frame.DicomSamples;
import org.osteon.image.dicom.frame.GreyScale;
import org.osteon.image.dicom.frame.ImagePixels;
import org.osteon.image.dicom.frame.Palette;

/** DICOM Part 10 files, and data sets without its preamble and meta header; the first frame. */
public final class DicomFormat implements ImageFormat {
  private static final String MEDIA_TYPE = "application/dicom";

  /** A deflated header may not inflate to more; no header of a radiograph comes near. */
  private static final long MAX_HEADER_BYTES = 16L << 20;

  @Override
  public List<String> mediaTypes() {
    return List.of(MEDIA_TYPE);
  }

  @Override
  public List<String> fileEndings() {
    return List.of("dcm", "dicom");
  }

  @Override
  public boolean recognises(byte[] bytes) {
    return DicomFile.recognises(bytes);
  }

  @Override
  public OpenedImage open(byte[] bytes) throws RejectedImageException {
    DicomFile file = DicomFile.open(bytes, MAX_HEADER_BYTES);
    DicomDataSet data = file.data();
    if (!data.hasPixels() || !data.has(DicomTag.ROWS)) {
      throw new RejectedImageException(
          ImageFault.NO_PIXEL_DATA, "This DICOM object holds no picture.");
    }
    Double frames = data.number(DicomTag.NUMBER_OF_FRAMES);
    DicomImage image =
        new DicomImage(
            DicomHeader.facts(data),
            GreyScale.of(data, false).rule(),
            frames == null || frames < 1 ? 1 : frames.intValue());
    return new Opened(
        file,
        new Header(
            MEDIA_TYPE,
            data.u16(DicomTag.COLUMNS, 0),
            data.u16(DicomTag.ROWS, 0),
            Orientation.NORMAL,
            image));
  }

  private record Opened(DicomFile file, Header header) implements OpenedImage {
    @Override
    public void verify() throws RejectedImageException {
      if (file.syntax().coding() == TransferSyntax.Coding.OTHER) {
        throw new RejectedImageException(
            ImageFault.UNSUPPORTED_TRANSFER_SYNTAX,
            "The transfer syntax %s is not read.".formatted(file.syntax().uid()));
      }
      if (file.data().element(DicomTag.PIXEL_DATA) == null) {
        throw RejectedImageException.unsupported("DICOM pixels in floating point are not read.");
      }
      long wanted = ImagePixels.of(file.data()).heapBytes();
      // Half, because others decode beside it; a service's heap is 512 MB, a large radiograph 150.
      if (wanted > Runtime.getRuntime().maxMemory() / 2) {
        throw new RejectedImageException(
            ImageFault.DECODE_TOO_LARGE,
            "Decoding would take %d MB of memory.".formatted(wanted >> 20));
      }
    }

    @Override
    public Mat pixels(PlaneSize drawn) throws RejectedImageException {
      ImagePixels pixels = ImagePixels.of(file.data());
      int[] values = DicomSamples.of(file, pixels);
      byte[] grey =
          switch (pixels.photometric()) {
            case MONOCHROME1, MONOCHROME2 ->
                GreyScale.of(file.data(), pixels.signed()).grey8(values, pixels);
            case PALETTE_COLOR -> GreyScale.luminance8(Palette.of(file.data()).luminance(values));
            default -> GreyScale.luminance8(values);
          };
      Mat mat = new Mat(pixels.rows(), pixels.columns(), CV_8UC1);
      ByteBuffer into = mat.createBuffer();
      into.put(grey);
      return mat;
    }
  }
}
