/**
 * What {@code /metrics} shows, counted from what listeners are told.
 *
 * <p>For {@code service} and {@code service.rollout}. Start reading at {@link
 * org.osteon.service.meters.ServiceMetrics}.
 */
@NullMarked
package org.osteon.service.meters;

import org.jspecify.annotations.NullMarked;
