package org.osteon.image;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * One format of image files. The calls come in this order, each only after the one before it
 * passed: {@link #recognises}, {@link #header}, {@link #verify}, {@link #pixels}; the limits are
 * checked after the header, so no format sees more pixels than allowed.
 *
 * <p><b>Threading.</b> Implementations hold no state.
 */
public interface ImageFormat {
  /** Whether the first bytes are this format's. */
  boolean recognises(byte[] bytes);

  /** Reads the header and nothing behind it. */
  Header header(byte[] bytes) throws RejectedImageException;

  /**
   * Walks the whole file without decoding it. The native decoders fill what is missing with grey
   * and say nothing, so whether the file is all there has to be established here.
   */
  void verify(byte[] bytes, Header header) throws RejectedImageException;

  /**
   * Decodes to {@code uint8} grey as stored, orientation not applied.
   *
   * @param drawn the size at which the picture will be drawn, as stored; a format that can decode
   *     at a fraction of its size does so as long as neither side becomes smaller than this
   * @return a matrix of one 8-bit channel, to be released by the caller
   */
  Mat pixels(byte[] bytes, Header header, PlaneSize drawn) throws RejectedImageException;
}
