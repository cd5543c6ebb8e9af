/**
 * What is drawn on a person's terminal while something takes long.
 *
 * <p>For the commands and the demo; it uses no other room. There is only {@link
 * org.osteon.terminal.Progress}.
 */
@NullMarked
package org.osteon.terminal;

import org.jspecify.annotations.NullMarked;
