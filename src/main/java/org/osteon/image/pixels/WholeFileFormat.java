package org.osteon.image.pixels;

import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.osteon.image.Header;
import org.osteon.image.ImageFormat;
import org.osteon.image.OpenedImage;
import org.osteon.image.PlaneSize;
import org.osteon.image.RejectedImageException;

/**
 * A format whose header is read at once and whose file is walked anew for each further step,
 * because walking costs nothing beside decoding.
 *
 * <p><b>Threading.</b> Holds no state but its names.
 */
public abstract class WholeFileFormat implements ImageFormat {
  private final String mediaType;
  private final List<String> fileEndings;

  /**
   * @param mediaType that results name
   * @param fileEndings lower case, without the dot, the usual one first
   */
  protected WholeFileFormat(String mediaType, String... fileEndings) {
    this.mediaType = mediaType;
    this.fileEndings = List.of(fileEndings);
  }

  @Override
  public final List<String> mediaTypes() {
    return List.of(mediaType);
  }

  @Override
  public final List<String> fileEndings() {
    return fileEndings;
  }

  @Override
  public final OpenedImage open(byte[] bytes) throws RejectedImageException {
    Header header = header(bytes);
    return new OpenedImage() {
      @Override
      public Header header() {
        return header;
      }

      @Override
      public void verify() throws RejectedImageException {
        WholeFileFormat.this.verify(bytes, header);
      }

      @Override
      public Mat pixels(PlaneSize drawn) throws RejectedImageException {
        return WholeFileFormat.this.pixels(bytes, header, drawn);
      }
    };
  }

  /** Reads the header and nothing behind it. */
  protected abstract Header header(byte[] bytes) throws RejectedImageException;

  /** See {@link OpenedImage#verify}. */
  protected abstract void verify(byte[] bytes, Header header) throws RejectedImageException;

  /** See {@link OpenedImage#pixels}. */
  protected abstract Mat pixels(byte[] bytes, Header header, PlaneSize drawn)
      throws RejectedImageException;
}
