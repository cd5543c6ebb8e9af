/**
 * The arrays that training reads, written shard by shard so that a preparation that was killed goes
 * on.
 *
 * <p>For the commands, and by its files for {@code training}. Start reading at {@link
 * org.osteon.dataset.arrays.Preparation}.
 */
@NullMarked
package org.osteon.dataset.arrays;

import org.jspecify.annotations.NullMarked;
