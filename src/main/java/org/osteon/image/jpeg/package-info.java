/**
 * JPEG as a file: its segments, the format, and the 12-bit process that no library at hand reads.
 *
 * <p>For {@code image.format} and {@code image.dicom.frame} only. Start reading at {@link
 * org.osteon.image.jpeg.JpegFormat}.
 */
@NullMarked
package org.osteon.image.jpeg;

import org.jspecify.annotations.NullMarked;
