/**
 * The commit barrier: the one place that touches Kafka Streams' internals, see {@code
 * docs/decisions}.
 *
 * <p>For the processors. Start reading at {@link org.osteon.topology.commit.CommitBarrier}.
 */
@NullMarked
package org.osteon.topology.commit;

import org.jspecify.annotations.NullMarked;
