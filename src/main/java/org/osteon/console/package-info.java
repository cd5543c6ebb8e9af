/**
 * The page of {@code osteon console}: what the topics say, live, in a process of its own.
 *
 * <p>For the commands; it stands outside of the service like any other reader. Start reading at
 * {@link org.osteon.console.Console}.
 */
@NullMarked
package org.osteon.console;

import org.jspecify.annotations.NullMarked;
