/**
 * What measurements run on: images, a backlog, the limit of the machine, and the service in this
 * process or one of its own.
 *
 * <p>For {@code bench} alone. Start reading at {@link org.osteon.bench.rig.ServiceRun}.
 */
@NullMarked
package org.osteon.bench.rig;

import org.jspecify.annotations.NullMarked;
