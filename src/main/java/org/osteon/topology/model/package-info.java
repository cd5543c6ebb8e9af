/**
 * Which model answers, and by which policy its answers are read.
 *
 * <p>For the processors and for {@code service.rollout}, which switches. Start reading at {@link
 * org.osteon.topology.model.ActiveModels}.
 */
@NullMarked
package org.osteon.topology.model;

import org.jspecify.annotations.NullMarked;
