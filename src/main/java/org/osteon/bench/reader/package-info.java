/**
 * What it costs to read what the service has published: truths joined to results, the console.
 *
 * <p>For the command {@code bench}. Start reading at {@link org.osteon.bench.reader.TruthsBench}.
 */
@NullMarked
package org.osteon.bench.reader;

import org.jspecify.annotations.NullMarked;
