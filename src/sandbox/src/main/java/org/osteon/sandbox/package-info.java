/**
 * A real broker and a real schema registry on this machine, in this process or as children that can
 * be killed.
 *
 * <p>For {@code demo}, {@code bench} and tests; a Maven module of its own, so that the production
 * image carries no broker. It knows nothing of the service. Start reading at {@link
 * org.osteon.sandbox.EmbeddedBroker} and {@link org.osteon.sandbox.BrokerProcess}.
 */
@NullMarked
package org.osteon.sandbox;

import org.jspecify.annotations.NullMarked;
