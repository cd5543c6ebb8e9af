package org.osteon.image;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A file whose header was read. The calls come in this order, each only after the one before it
 * passed: {@link #header}, {@link #verify}, {@link #pixels}; the limits are checked after the
 * header, so no format sees more pixels than allowed.
 *
 * <p><b>Threading.</b> One thread.
 */
public interface OpenedImage {
  /** What the file says of itself. */
  Header header();

  /**
   * Walks the whole file without decoding it. The native decoders fill what is missing with grey
   * and say nothing, so whether the file is all there has to be established here.
   *
   * @throws RejectedImageException with the reason
   */
  void verify() throws RejectedImageException;

  /**
   * Decodes to {@code uint8} grey as stored, orientation not applied.
   *
   * @param drawn the size at which the picture will be drawn, as stored; a format that can decode
   *     at a fraction of its size does so as long as neither side becomes smaller than this
   * @return a matrix of one 8-bit channel, to be released by the caller
   * @throws RejectedImageException with the reason
   */
  Mat pixels(PlaneSize drawn) throws RejectedImageException;
}
