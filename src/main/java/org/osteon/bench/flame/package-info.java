/**
 * Where CPU time goes: by thread, and as a flame graph of Flight Recorder's samples.
 *
 * <p>For {@code bench}. Start reading at {@link org.osteon.bench.flame.FlameRecording}.
 */
@NullMarked
package org.osteon.bench.flame;

import org.jspecify.annotations.NullMarked;
