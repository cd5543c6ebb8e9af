/**
 * {@code osteon demo --round-trip}: a version falls behind its patients, truths tell, cases teach
 * the next one, and it takes over.
 *
 * <p>For its command alone. Start reading at {@link org.osteon.demo.roundtrip.RoundTrip}.
 */
@NullMarked
package org.osteon.demo.roundtrip;

import org.jspecify.annotations.NullMarked;
