/** The commands, thin. */
@NullMarked
package org.osteon.cli;

import org.jspecify.annotations.NullMarked;
