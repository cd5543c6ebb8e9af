/**
 * How what is remembered is kept: on disk, in bounded memory, with changelogs that stay small, in a
 * folder that no other process has.
 *
 * <p>For whoever runs Kafka Streams. Start reading at {@link org.osteon.state.BoundedRocksDb}.
 */
@NullMarked
package org.osteon.state;

import org.jspecify.annotations.NullMarked;
