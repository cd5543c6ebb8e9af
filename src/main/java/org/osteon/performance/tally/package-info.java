/**
 * Cases added up by group and day, and what the sums say. Each change of a case takes back what it
 * said before, so sums are always of what is true now.
 *
 * <p>For the topology of {@code osteon performance}. Start reading at {@link
 * org.osteon.performance.tally.TallyProcessor}.
 */
@NullMarked
package org.osteon.performance.tally;

import org.jspecify.annotations.NullMarked;
