/**
 * Who is told of the steps of a record: listeners and traces.
 *
 * <p>For the processors, which tell, and for {@code service}, which counts. Start reading at {@link
 * org.osteon.topology.listen.TopologyListener}.
 */
@NullMarked
package org.osteon.topology.listen;

import org.jspecify.annotations.NullMarked;
