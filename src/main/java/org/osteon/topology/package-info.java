/**
 * The Kafka Streams topology as a whole: its nodes, stores and sinks, and the settings that are
 * derived for it. What a node does lies in the packages below. It knows nothing of DJL.
 *
 * <p>For {@code service}. Start reading at {@link org.osteon.topology.ClassifyTopology}.
 */
@NullMarked
package org.osteon.topology;

import org.jspecify.annotations.NullMarked;
