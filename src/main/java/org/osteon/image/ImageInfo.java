package org.osteon.image;

/**
 * What an image turned out to be.
 *
 * @param contentType media type found in the bytes, e.g. {@code image/jpeg}
 * @param width columns as displayed (orientation applied), in pixels of the file, not of the plane
 * @param height rows as displayed, likewise
 */
public record ImageInfo(String contentType, int width, int height) {}
