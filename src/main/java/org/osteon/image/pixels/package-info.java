/**
 * What formats share: numbers out of bytes, OpenCV behind one class, EXIF's orientation, and grey
 * pixels that are drawn into a model's plane.
 *
 * <p>For the formats only; nothing here knows one. Start reading at {@link
 * org.osteon.image.pixels.NativeImages}.
 */
@NullMarked
package org.osteon.image.pixels;

import org.jspecify.annotations.NullMarked;
