/**
 * The library of those who stand outside of the service: it publishes events, follows topics,
 * redrives dead letters, and remembers how far it was.
 *
 * <p>For {@code cli}, {@code demo}, {@code bench} and the gateway's command; it knows nothing of
 * the service. Start reading at {@link org.osteon.client.EventPublisher} and {@link
 * org.osteon.client.TopicFollower}.
 */
@NullMarked
package org.osteon.client;

import org.jspecify.annotations.NullMarked;
