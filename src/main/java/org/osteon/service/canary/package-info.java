/**
 * A version that answers a share of the studies, and the guard that withdraws or promotes it.
 *
 * <p>For {@code service.rollout}. Start reading at {@link org.osteon.service.canary.Guard}.
 */
@NullMarked
package org.osteon.service.canary;

import org.jspecify.annotations.NullMarked;
