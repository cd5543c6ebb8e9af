package org.osteon.image;

/**
 * From the bytes of a file to pixels.
 *
 * <p><b>Threading.</b> Safe for any number of threads at once.
 */
public interface ImageDecoder {
  /**
   * Decodes an image, at the smallest fraction of its size that still exceeds the plane's. Never
   * throws for bad bytes: whatever they are, the answer is {@link Decoding.Decoded} or {@link
   * Decoding.Rejected}.
   *
   * @param bytes the whole file; not changed
   * @param spec the plane that will be asked for
   */
  Decoding decode(byte[] bytes, InputSpec spec);
}
