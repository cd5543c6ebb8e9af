/**
 * The commands that write to topics and read from them: publish, watch, redrive, topics.
 *
 * <p>For {@link org.osteon.cli.Osteon} alone; what they do lies in {@code client}. Start reading at
 * {@link org.osteon.cli.stream.PublishCommand}.
 */
@NullMarked
package org.osteon.cli.stream;

import org.jspecify.annotations.NullMarked;
