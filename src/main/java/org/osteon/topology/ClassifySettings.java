package org.osteon.topology;

import java.time.Duration;

/**
 * How the classify processor waits and commits.
 *
 * @param forwardEvery how often it looks for outcomes while no record comes
 * @param drainLimit how long a drain or a full pipeline is borne before the device counts as lost;
 *     below the transaction timeout and {@code max.poll.interval.ms}
 * @param commitWhenIdle commit as soon as nothing is pending, and at once after a STAT result:
 *     under exactly-once a result is invisible until its commit
 * @param commitGap time between two commits that only idleness asks for, so that a trickle of
 *     images is not a commit each
 */
public record ClassifySettings(
    Duration forwardEvery, Duration drainLimit, boolean commitWhenIdle, Duration commitGap) {}
