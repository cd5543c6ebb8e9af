/**
 * How what is remembered is kept: on disk, in bounded memory, with changelogs that stay small.
 *
 * <p>For the rooms that have a store. Start reading at {@link
 * org.osteon.topology.state.BoundedRocksDb}.
 */
@NullMarked
package org.osteon.topology.state;

import org.jspecify.annotations.NullMarked;
