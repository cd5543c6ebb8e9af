/**
 * The Kafka Streams topology, the classify processor and the commit barrier. Knows nothing of DJL.
 */
@NullMarked
package org.osteon.topology;

import org.jspecify.annotations.NullMarked;
