/**
 * Decoding in processes of its own, so that what a hostile file does to a decoder it does to no
 * stream. {@link org.osteon.image.isolated.IsolatedDecoder} is the door: an {@link
 * org.osteon.image.ImageDecoder} like the one in this process, over a few children that run {@link
 * org.osteon.image.isolated.DecoderMain}.
 *
 * <p>Any room that starts a service may use it; it uses {@code image} alone. Start reading at
 * {@link org.osteon.image.isolated.IsolatedDecoder}.
 */
@NullMarked
package org.osteon.image.isolated;

import org.jspecify.annotations.NullMarked;
