/**
 * Measurements: the limit of the machine, the service through a real broker, and a plain way of
 * doing the same.
 *
 * <p>For {@code osteon bench} alone; it needs the sandbox. Start reading at {@link
 * org.osteon.bench.Bench}.
 */
@NullMarked
package org.osteon.bench;

import org.jspecify.annotations.NullMarked;
