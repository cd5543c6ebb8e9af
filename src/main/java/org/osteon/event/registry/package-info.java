/**
 * Confluent's framing and the schema registry: serdes, reading a record's bytes without trusting
 * them, and what to do when the registry is away, refuses, or does not know.
 *
 * <p>For {@code client}, {@code service}, {@code demo} and {@code bench}. Start reading at {@link
 * org.osteon.event.registry.RegistryEventReader}.
 */
@NullMarked
package org.osteon.event.registry;

import org.jspecify.annotations.NullMarked;
