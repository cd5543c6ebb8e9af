/**
 * What a data set holds, and which input size it deserves; nothing is written.
 *
 * <p>For the commands. Start reading at {@link org.osteon.dataset.scan.Scan} and {@link
 * org.osteon.dataset.scan.Resolution}.
 */
@NullMarked
package org.osteon.dataset.scan;

import org.jspecify.annotations.NullMarked;
