/**
 * Whether this replica lives and is ready, and who finds out: brokers asked, progress watched, a
 * dead thread judged.
 *
 * <p>For {@code service} and the rooms beside this one. Start reading at {@link
 * org.osteon.service.health.Health}.
 */
@NullMarked
package org.osteon.service.health;

import org.jspecify.annotations.NullMarked;
