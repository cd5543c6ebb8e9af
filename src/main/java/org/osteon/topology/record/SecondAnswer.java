package org.osteon.topology.record;

import org.osteon.topology.model.Candidate;

/**
 * What a candidate said of an image that the active version answered.
 *
 * @param candidate who was asked
 * @param said how that ended
 */
public record SecondAnswer(Candidate candidate, Candidate.Said said) {}
