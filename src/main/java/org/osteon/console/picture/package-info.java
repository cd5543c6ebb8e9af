/**
 * Pictures of the console: the newest files of the events topic, in memory for a while, drawn when
 * someone looks.
 *
 * <p>For the console. Start reading at {@link org.osteon.console.picture.PictureDesk}.
 */
@NullMarked
package org.osteon.console.picture;

import org.jspecify.annotations.NullMarked;
