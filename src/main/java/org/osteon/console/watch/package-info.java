/**
 * What other processes say of themselves at {@code /metrics}: replicas and deliverers.
 *
 * <p>For {@link org.osteon.console}. Start reading at {@link org.osteon.console.watch.Replicas}.
 */
@NullMarked
package org.osteon.console.watch;

import org.jspecify.annotations.NullMarked;
