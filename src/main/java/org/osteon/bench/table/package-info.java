/**
 * What was measured, printed as Markdown and kept for a file.
 *
 * <p>For {@code bench} alone. Start reading at {@link org.osteon.bench.table.BenchRow}.
 */
@NullMarked
package org.osteon.bench.table;

import org.jspecify.annotations.NullMarked;
