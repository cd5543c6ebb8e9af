package org.osteon.performance.tally;

import java.time.Duration;

/**
 * How cases are added up.
 *
 * @param publishEvery how often what changed is published
 * @param keptDays days that are kept, and tested
 * @param tests that groups are held to
 */
public record TallyRules(Duration publishEvery, int keptDays, FallTests tests) {}
