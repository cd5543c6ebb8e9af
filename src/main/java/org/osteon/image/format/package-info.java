/**
 * The formats that are read, in their order, and the decoder that asks them; BMP, PNG and TIFF are
 * here, JPEG and DICOM next door.
 *
 * <p>For code that needs a decoder, and for the gateway, which copies pictures without their
 * metadata. Start reading at {@link org.osteon.image.format.ImageDecoders}: a new format is one
 * class and one line there.
 */
@NullMarked
package org.osteon.image.format;

import org.jspecify.annotations.NullMarked;
