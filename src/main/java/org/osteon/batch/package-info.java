/**
 * Images in, batches to the device, outcomes out. Knows nothing of Kafka.
 *
 * <p>For {@code topology}, which submits, and {@code service}, which builds it. Start reading at
 * {@link org.osteon.batch.BatchPipeline}.
 */
@NullMarked
package org.osteon.batch;

import org.jspecify.annotations.NullMarked;
