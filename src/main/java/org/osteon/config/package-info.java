/**
 * What an installation says: one immutable {@link org.osteon.config.Settings}, validated before
 * anything is consumed. Which settings there are is in {@link org.osteon.config.keys}, what one is
 * in {@link org.osteon.config.value}. Everyone may use it.
 */
@NullMarked
package org.osteon.config;

import org.jspecify.annotations.NullMarked;
