/**
 * Results and truths of a study meet here, whichever comes first. What is forwarded are changes of
 * cases; a record that comes again changes nothing.
 *
 * <p>For the topology of {@code osteon performance}. Start reading at {@link
 * org.osteon.performance.join.StudyRecord}.
 */
@NullMarked
package org.osteon.performance.join;

import org.jspecify.annotations.NullMarked;
