/**
 * The processor that hands images to the pipeline and forwards outcomes, in its parts, and what is
 * published of a record.
 *
 * <p>For {@link org.osteon.topology.ClassifyTopology}. Start reading at {@link
 * org.osteon.topology.classify.ClassifyProcessor}.
 */
@NullMarked
package org.osteon.topology.classify;

import org.jspecify.annotations.NullMarked;
