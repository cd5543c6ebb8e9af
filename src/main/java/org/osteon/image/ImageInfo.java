package org.osteon.image;

import org.jspecify.annotations.Nullable;

/**
 * What an image turned out to be.
 *
 * @param contentType media type found in the bytes, e.g. {@code image/jpeg}
 * @param width columns as displayed (orientation applied), in pixels of the file, not of the plane
 * @param height rows as displayed, likewise
 * @param dicom what a DICOM header says, null of other formats
 */
public record ImageInfo(String contentType, int width, int height, @Nullable DicomImage dicom) {

  /** Of a format that says nothing of what it shows. */
  public ImageInfo(String contentType, int width, int height) {
    this(contentType, width, height, null);
  }
}
