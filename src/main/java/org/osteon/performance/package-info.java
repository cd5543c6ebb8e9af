/**
 * What a model version is worth here: truths join the results that they are about, in a process of
 * its own beside the one that classifies. Knows nothing of images or models.
 *
 * <p>For the commands. Start reading at {@link org.osteon.performance.PerformanceTopology}.
 */
@NullMarked
package org.osteon.performance;

import org.jspecify.annotations.NullMarked;
