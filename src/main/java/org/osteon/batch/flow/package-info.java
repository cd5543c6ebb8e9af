/**
 * How much the pipeline takes: by images and bytes, by the work that lies ahead, and whether
 * company is to be expected.
 *
 * <p>For {@code batch}, and for what bounds memory as it does. Start reading at {@link
 * org.osteon.batch.flow.Budget}.
 */
@NullMarked
package org.osteon.batch.flow;

import org.jspecify.annotations.NullMarked;
