package org.osteon.image;

import java.util.List;

/**
 * One format of image files: how it is called, how its files begin, and how one is opened. Every
 * list of media types or file endings derives from what formats say here.
 *
 * <p><b>Threading.</b> Implementations hold no state.
 */
public interface ImageFormat {
  /** Media types, the one that results name first; none where the format is not read. */
  List<String> mediaTypes();

  /** What its files' names end with, lower case and without the dot, the usual one first. */
  List<String> fileEndings();

  /** Whether the first bytes are this format's. */
  boolean recognises(byte[] bytes);

  /**
   * Reads the header and nothing behind it.
   *
   * @param bytes the whole file, which must not change meanwhile
   * @throws RejectedImageException with the reason
   */
  OpenedImage open(byte[] bytes) throws RejectedImageException;
}
