/**
 * A version in a process of its own, so that a graph that crashes, hangs or bloats the engine costs
 * that process and nothing else.
 *
 * <p>For {@link org.osteon.service.rollout}. Start reading at {@link
 * org.osteon.model.isolated.ModelProcess}.
 */
@NullMarked
package org.osteon.model.isolated;

import org.jspecify.annotations.NullMarked;
