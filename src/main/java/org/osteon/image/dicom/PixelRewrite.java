package org.osteon.image.dicom;

import java.util.List;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/** Writes the pixels of a file anew from what was understood of them; see {@link DicomCopy}. */
@FunctionalInterface
public interface PixelRewrite {
  /**
   * Pixels as they are written.
   *
   * @param vr OB or OW
   * @param frames one of uncompressed frames, in little endian, or one for each compressed frame
   */
  @SuppressWarnings("ArrayRecordComponent") // made for the caller
  record Pixels(String vr, List<byte[]> frames) {}

  /**
   * @param syntax of the file
   * @param data its header
   * @param in with the order of its numbers
   * @param pixels where the pixels lie
   * @throws RejectedImageException it is not known what there is beside pixels
   */
  Pixels of(TransferSyntax syntax, DicomDataSet data, ByteReader in, DicomElement pixels)
      throws RejectedImageException;
}
