/**
 * What others would write for the same job, to be measured beside the service: a record at a time
 * in Kafka Streams, a Python consumer.
 *
 * <p>For {@code bench}. Start reading at {@link org.osteon.bench.peer.PlainStreams}.
 */
@NullMarked
package org.osteon.bench.peer;

import org.jspecify.annotations.NullMarked;
