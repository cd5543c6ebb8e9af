/**
 * What is drawn on a person's terminal: how far something is ({@link org.osteon.terminal.Progress})
 * and colour ({@link org.osteon.terminal.Paint}), neither of them in a pipe.
 *
 * <p>For the commands and the demo; it uses no other room.
 */
@NullMarked
package org.osteon.terminal;

import org.jspecify.annotations.NullMarked;
