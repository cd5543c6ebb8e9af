/**
 * The department's own cases for training: what a version missed, misread and doubted, chosen by
 * what teaches most, as a data set that {@code osteon dataset prepare} reads.
 *
 * <p>For the commands. Start reading at {@link org.osteon.teaching.Choice}.
 */
@NullMarked
package org.osteon.teaching;

import org.jspecify.annotations.NullMarked;
