package org.osteon.topology.order;

import org.jspecify.annotations.Nullable;

/**
 * What the orders of a study come to.
 *
 * @param stat whether one of them wants an answer at once
 * @param number pseudonym of the order's number
 * @param reason {@code SYSTEM|CODE}
 */
public record Ordered(boolean stat, @Nullable String number, @Nullable String reason) {}
