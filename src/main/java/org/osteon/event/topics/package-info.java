/**
 * The contract's topics: created, inspected, and the one that says which version should run.
 *
 * <p>For {@code client}, {@code service} and the commands. Start reading at {@link
 * org.osteon.event.topics.TopicSetup}.
 */
@NullMarked
package org.osteon.event.topics;

import org.jspecify.annotations.NullMarked;
