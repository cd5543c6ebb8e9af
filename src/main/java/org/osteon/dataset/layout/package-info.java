/**
 * How data sets lie in their folders: MURA, FracAtlas, GRAZPEDWRI-DX, folders by class, a manifest.
 *
 * <p>For the other rooms of {@code dataset} and its commands. Start reading at {@link
 * org.osteon.dataset.layout.Samples}; another layout is one class and one line there.
 */
@NullMarked
package org.osteon.dataset.layout;

import org.jspecify.annotations.NullMarked;
