/**
 * Which settings there are, a class a subject: each constant has its type, its default and its
 * words. A new one is a constant here, and a line of {@code docs/configuration.md} that is made of
 * it. Knows {@link org.osteon.config.value} alone.
 */
@NullMarked
package org.osteon.config.keys;

import org.jspecify.annotations.NullMarked;
