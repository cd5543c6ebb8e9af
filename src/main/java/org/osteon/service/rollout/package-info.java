/**
 * Versions in motion: where they come from, how they are loaded and warmed, switched, and run as a
 * shadow.
 *
 * <p>For {@code service}. Start reading at {@link org.osteon.service.rollout.ModelSwitch}.
 */
@NullMarked
package org.osteon.service.rollout;

import org.jspecify.annotations.NullMarked;
