/**
 * Tries an image that may have ended a replica, in a process of its own.
 *
 * <p>For {@link org.osteon.service.rollout}. Start reading at {@link
 * org.osteon.trial.TrialProcess}.
 */
@NullMarked
package org.osteon.trial;

import org.jspecify.annotations.NullMarked;
