/**
 * A hospital for one scenario: topics, a ward that publishes, replicas that answer, and promises
 * that hold for what came out.
 *
 * <p>For {@code chaos} and {@code integration}. Start reading at {@link
 * org.osteon.testing.hospital.Hospital}.
 */
@NullMarked
package org.osteon.testing.hospital;

import org.jspecify.annotations.NullMarked;
