/**
 * The running verdict of a study, and the alerts that it raises.
 *
 * <p>For {@link org.osteon.topology.ClassifyTopology}. Start reading at {@link
 * org.osteon.topology.study.StudyProcessor}.
 */
@NullMarked
package org.osteon.topology.study;

import org.jspecify.annotations.NullMarked;
