/**
 * The command line: {@link org.osteon.cli.Osteon} with its commands, each thin: options in, a room
 * called, lines and an exit status out. Grouped by what they are about in the packages below.
 *
 * <p>Nothing depends on it. Start reading at {@link org.osteon.cli.Osteon}; a new command is one
 * class, and one line there.
 */
@NullMarked
package org.osteon.cli;

import org.jspecify.annotations.NullMarked;
