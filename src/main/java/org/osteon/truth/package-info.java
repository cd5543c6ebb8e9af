/**
 * What people found in the end, on its way in: sheets read into truths, truths published. Knows
 * nothing of results or of figures.
 *
 * <p>For the commands. Start reading at {@link org.osteon.truth.TruthSheet}.
 */
@NullMarked
package org.osteon.truth;

import org.jspecify.annotations.NullMarked;
