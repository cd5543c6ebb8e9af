package org.osteon.topology.model;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.Outcome;
import org.osteon.event.ClassificationResult;

/**
 * A version on trial, which answers a share of the studies in the active one's place. The active
 * one is asked about each of these images too: what the candidate fails on, holds for too long or
 * has no room for is answered all the same, and what both say can be compared image by image.
 *
 * <p><b>Threading.</b> Any.
 */
public interface Candidate {
  /** Its terms. */
  DecisionPolicy policy();

  /** Whether the images of this study are its own; the same on every replica. */
  boolean takes(String studyInstanceUid);

  /** How long after the active version's answer its own is waited for. */
  Duration patience();

  /**
   * Asks it; returns at once.
   *
   * @param file the whole image file; not changed
   * @return how it ends; perhaps never
   */
  CompletableFuture<Said> ask(byte[] file);

  /**
   * Holds what it said against what the active version did, and says whose answer is published.
   *
   * @param first what the active version says
   * @param second what the candidate says; null where it said nothing
   * @return whether the candidate's is published
   */
  boolean stands(
      ClassificationResult first, @Nullable ClassificationResult second, Candidate.Fate fate);

  /** How an image ended that it was asked about. */
  enum Fate {
    /** It answered. */
    ANSWERED,
    /** It failed on this image. */
    FAILED,
    /** It held the image for too long. */
    LATE,
    /** It had no room for it, or is on trial no longer. */
    NOT_ASKED
  }

  /**
   * What it said.
   *
   * @param fate how the image ended
   * @param outcome there where it answered
   */
  record Said(Fate fate, Outcome.@Nullable Classified outcome) {
    public static final Said FAILED = new Said(Fate.FAILED, null);
    public static final Said LATE = new Said(Fate.LATE, null);
    public static final Said NOTHING = new Said(Fate.NOT_ASKED, null);

    /** Of an answer. */
    public static Said of(Outcome.Classified outcome) {
      return new Said(Fate.ANSWERED, outcome);
    }
  }
}
