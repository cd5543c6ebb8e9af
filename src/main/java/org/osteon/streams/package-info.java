/**
 * What every process that runs Kafka Streams needs: stores on disk in bounded memory, changelogs
 * that stay small, a folder that no other process has, and what a thread's death means.
 *
 * <p>For the service and for what a version is worth. Start reading at {@link
 * org.osteon.streams.StreamFailures}.
 */
@NullMarked
package org.osteon.streams;

import org.jspecify.annotations.NullMarked;
