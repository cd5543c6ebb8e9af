package org.osteon.topology.seen;

import java.time.Duration;

/**
 * What becomes of an event that was seen before.
 *
 * @param window for how long an event is remembered after it was first answered; zero remembers
 *     none
 * @param drop publish nothing for it; else its first result again
 * @param exactlyOnce outputs, state and offsets are one transaction; else the very record that was
 *     answered may come again although its answer reached no one, and is then never dropped
 */
public record DeduplicationSettings(Duration window, boolean drop, boolean exactlyOnce) {}
