package org.osteon.image;

/**
 * What a file says of itself before its pixels.
 *
 * @param contentType media type
 * @param width columns as stored
 * @param height rows as stored
 * @param orientation how to turn what is stored into what is displayed
 */
record Header(String contentType, long width, long height, Orientation orientation) {
  ImageInfo info() {
    boolean swapped = orientation.swapsAxes();
    return new ImageInfo(
        contentType, (int) (swapped ? height : width), (int) (swapped ? width : height));
  }
}
