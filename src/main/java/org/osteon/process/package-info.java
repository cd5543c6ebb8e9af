/**
 * Java processes that the service starts beside itself, so that what crashes in them costs nothing
 * else.
 *
 * <p>For {@link org.osteon.image.isolated} and {@link org.osteon.trial}.
 */
@NullMarked
package org.osteon.process;

import org.jspecify.annotations.NullMarked;
