/**
 * The proof: replicas as processes, killed at named points, and guarantees asserted on what came
 * out.
 */
@NullMarked
package org.osteon.chaos;

import org.jspecify.annotations.NullMarked;
