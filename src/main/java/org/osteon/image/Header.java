package org.osteon.image;

import org.jspecify.annotations.Nullable;

/**
 * What a file says of itself before its pixels.
 *
 * @param contentType media type
 * @param width columns as stored
 * @param height rows as stored
 * @param dicom what a DICOM header says, null of other formats
 * @param orientation how to turn what is stored into what is displayed
 */
public record Header(
    String contentType,
    long width,
    long height,
    Orientation orientation,
    @Nullable DicomImage dicom) {

  public Header(String contentType, long width, long height, Orientation orientation) {
    this(contentType, width, height, orientation, null);
  }

  public ImageInfo info() {
    boolean swapped = orientation.swapsAxes();
    return new ImageInfo(
        contentType, (int) (swapped ? height : width), (int) (swapped ? width : height), dicom);
  }
}
