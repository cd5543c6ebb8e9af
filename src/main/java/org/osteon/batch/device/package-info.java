/**
 * The device as an inference thread sees it, and how it fails.
 *
 * <p>For {@code batch}, and for {@code model}, which implements it. Start reading at {@link
 * org.osteon.batch.device.BatchPredictor}.
 */
@NullMarked
package org.osteon.batch.device;

import org.jspecify.annotations.NullMarked;
