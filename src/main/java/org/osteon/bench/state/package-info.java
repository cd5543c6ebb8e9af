/**
 * What it costs to remember studies and events: the service's stores as they are, without decoding
 * and without a model.
 *
 * <p>For {@code osteon bench --state} alone. Start reading at {@link
 * org.osteon.bench.state.StateBench}.
 */
@NullMarked
package org.osteon.bench.state;

import org.jspecify.annotations.NullMarked;
