/**
 * Servers that Osteon has to do with, begun for a test: archives, stores, registries, and a broker
 * that asks who is there.
 *
 * <p>For all tests that are tagged. Start reading at {@link org.osteon.testing.server.S3Server}.
 */
@NullMarked
package org.osteon.testing.server;

import org.jspecify.annotations.NullMarked;
