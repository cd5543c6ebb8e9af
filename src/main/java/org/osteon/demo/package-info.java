/**
 * {@code osteon demo}: everything on one machine, nothing else running, and what came out as a
 * table.
 *
 * <p>For its command alone. It needs the sandbox, which is a module of its own and on no production
 * class path. Start reading at {@link org.osteon.demo.Demo}.
 */
@NullMarked
package org.osteon.demo;

import org.jspecify.annotations.NullMarked;
