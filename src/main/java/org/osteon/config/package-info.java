/** One immutable settings type, validated before anything is consumed. */
@NullMarked
package org.osteon.config;

import org.jspecify.annotations.NullMarked;
