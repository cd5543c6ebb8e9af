/**
 * Which image is in which split: near duplicates found, groups kept whole, shares held.
 *
 * <p>For {@code dataset.arrays} and {@code dataset.scan}. Start reading at {@link
 * org.osteon.dataset.split.SplitPlan}.
 */
@NullMarked
package org.osteon.dataset.split;

import org.jspecify.annotations.NullMarked;
