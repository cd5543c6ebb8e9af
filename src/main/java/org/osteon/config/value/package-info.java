/**
 * What a setting is, and what its value may be; start at {@link org.osteon.config.value.Setting}.
 * Knows nothing of which there are.
 */
@NullMarked
package org.osteon.config.value;

import org.jspecify.annotations.NullMarked;
