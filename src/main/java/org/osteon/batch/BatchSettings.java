package org.osteon.batch;

import java.time.Duration;

/**
 * How batches form.
 *
 * @param maxSize images in a full batch; larger keeps a GPU busier and costs latency when it is not
 *     full
 * @param maxDelay how long the oldest image of a batch may have waited since it was submitted
 *     before the batch leaves although it is not full
 * @param decodeThreads threads that decode; too few starve the device
 * @param inferenceThreads threads that call the model, each with a predictor of its own
 * @param maxImages images in flight at most; the submitter waits beyond
 * @param maxBytes bytes in flight at most, as the submitter weighs them; one image that is heavier
 *     than all of it goes alone
 * @param inferenceTimeout a model call that takes longer makes the device count as hung
 * @param knownImages images whose answer is kept, by digest, and given again without the model; 0
 *     for none
 */
public record BatchSettings(
    int maxSize,
    Duration maxDelay,
    int decodeThreads,
    int inferenceThreads,
    int maxImages,
    long maxBytes,
    Duration inferenceTimeout,
    int knownImages) {

  public BatchSettings {
    if (maxSize < 1 || decodeThreads < 1 || inferenceThreads < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("Sizes and thread counts start at 1.");
    }
    if (maxImages < maxSize) {
      throw new IllegalArgumentException(
          "With " + maxImages + " images in flight a batch of " + maxSize + " never fills.");
    }
  }

  /** With no answer kept. */
  public BatchSettings(
      int maxSize,
      Duration maxDelay,
      int decodeThreads,
      int inferenceThreads,
      int maxImages,
      long maxBytes,
      Duration inferenceTimeout) {
    this(
        maxSize,
        maxDelay,
        decodeThreads,
        inferenceThreads,
        maxImages,
        maxBytes,
        inferenceTimeout,
        0);
  }
}
