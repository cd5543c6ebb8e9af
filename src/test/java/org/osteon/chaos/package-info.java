/**
 * The proof: replicas as processes, killed at named points, and guarantees asserted on what came
 * out. Every test is tagged {@code chaos}.
 *
 * <p>Start reading at {@link org.osteon.chaos.KillsTest}.
 */
@NullMarked
package org.osteon.chaos;

import org.jspecify.annotations.NullMarked;
