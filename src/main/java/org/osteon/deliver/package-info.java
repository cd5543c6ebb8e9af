/**
 * The way back: results where radiologists and ward systems look. Each target has a consumer group
 * and a thread of its own, so one that is away delays no other.
 *
 * <p>For the commands. Start reading at {@link org.osteon.deliver.Deliverer}.
 */
@NullMarked
package org.osteon.deliver;

import org.jspecify.annotations.NullMarked;
