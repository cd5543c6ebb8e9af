/**
 * The arithmetic of figures: intervals, calibration, the sequential test. Pure; knows nothing of
 * Kafka or of events.
 *
 * <p>Start reading at {@link org.osteon.performance.statistics.FallWatch}.
 */
@NullMarked
package org.osteon.performance.statistics;

import org.jspecify.annotations.NullMarked;
