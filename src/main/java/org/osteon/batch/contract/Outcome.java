package org.osteon.batch.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.image.ImageInfo;
import org.osteon.image.Region;

/**
 * How an image ended: with the model's answer, or with a reason, or not yet because its store is
 * away. Never with an exception.
 */
public sealed interface Outcome {
  /**
   * The model's answer.
   *
   * @param logits {@code float32 [K]}, one for each class in the model's order, uncalibrated
   * @param regions where it would be if something is there, in parts of the picture as displayed,
   *     the surest first; null where the version does not say
   * @param image what the image turned out to be
   * @param sha256 digest of the image file, lower-case hex
   * @param timing where the time went
   * @param batchSize images in the batch it was part of; 0 where the same image was answered before
   *     and the model was not asked
   */
  @SuppressWarnings("ArrayRecordComponent") // owned by its receiver; never copied
  record Classified(
      float[] logits,
      @Nullable List<Region> regions,
      ImageInfo image,
      String sha256,
      ImageTiming timing,
      int batchSize)
      implements Outcome {}

  /**
   * A failure that is the image's own.
   *
   * @param stage where
   * @param reason stable code
   * @param message one sentence for a person
   * @param attempts how often it was tried
   */
  record Failed(FailedStage stage, String reason, String message, int attempts)
      implements Outcome {}

  /**
   * The store that has the image is away, and is waited for: nothing is known of the image, so
   * nothing may be committed for it.
   *
   * @param message one sentence that names the store
   */
  record Unavailable(String message) implements Outcome {}

  /** Where an image can fail between submission and outcome. */
  enum FailedStage {
    FETCH,
    DECODE,
    INFER
  }
}
