/**
 * Java processes that the service starts beside itself, so that what crashes in them costs nothing
 * else; and what Linux says of a process.
 *
 * <p>For {@link org.osteon.image.isolated}, {@link org.osteon.model.isolated} and {@link
 * org.osteon.trial}; {@link org.osteon.process.ProcessStatus} for any.
 */
@NullMarked
package org.osteon.process;

import org.jspecify.annotations.NullMarked;
