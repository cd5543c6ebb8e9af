package org.osteon.performance.join;

import org.jspecify.annotations.Nullable;

/**
 * A truth on its way: by its study, else by its order.
 *
 * @param ofStudy the record's value where it names its study, which is the key; else null
 * @param ofOrder where it names an order alone, which is the key; else null
 */
public record Routed(byte @Nullable [] ofStudy, @Nullable OfOrder ofOrder) {}
