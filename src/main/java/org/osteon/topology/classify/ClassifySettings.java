package org.osteon.topology.classify;

import java.time.Duration;

/**
 * How the classify processor waits and commits.
 *
 * @param forwardEvery how often it looks for outcomes while no record comes
 * @param patience how long a pipeline in which nothing moves is borne before the device counts as
 *     lost; below the transaction timeout and {@code max.poll.interval.ms}
 * @param pace when it asks for a commit
 */
public record ClassifySettings(Duration forwardEvery, Duration patience, CommitPace pace) {}
