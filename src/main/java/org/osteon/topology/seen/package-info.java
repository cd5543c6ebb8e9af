/**
 * Events that came before, and what becomes of them.
 *
 * <p>For the classify processor. Start reading at {@link org.osteon.topology.seen.Deduplication}.
 */
@NullMarked
package org.osteon.topology.seen;

import org.jspecify.annotations.NullMarked;
