package org.osteon.image;

/**
 * What is refused before a pixel is decoded.
 *
 * @param maxBytes the largest file, in bytes
 * @param maxPixels the largest width × height that a header may claim
 */
public record ImageLimits(long maxBytes, long maxPixels) {}
