/** Images in, batches to the device, outcomes out. Knows nothing of Kafka. */
@NullMarked
package org.osteon.batch;

import org.jspecify.annotations.NullMarked;
