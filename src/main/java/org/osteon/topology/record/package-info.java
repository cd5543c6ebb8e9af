/**
 * A record between {@code process} and {@code forward}: what is kept of it, its order within its
 * study, and ids that are pure functions of it.
 *
 * <p>For the processors. Start reading at {@link org.osteon.topology.record.Pending}.
 */
@NullMarked
package org.osteon.topology.record;

import org.jspecify.annotations.NullMarked;
