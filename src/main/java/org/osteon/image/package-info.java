/**
 * The door of everything that reads images: what a decoder is asked ({@link
 * org.osteon.image.ImageDecoder}), what it answers ({@link org.osteon.image.Decoding}), what is
 * refused and why, and what a format has to do ({@link org.osteon.image.ImageFormat}).
 *
 * <p>Anyone may use it; it uses no other room. A decoder comes from {@link
 * org.osteon.image.format.ImageDecoders}. Start reading at {@link org.osteon.image.ImageDecoder}.
 */
@NullMarked
package org.osteon.image;

import org.jspecify.annotations.NullMarked;
