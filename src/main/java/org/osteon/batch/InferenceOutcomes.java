package org.osteon.batch;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.ImageTiming;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.batch.contract.Outcome.FailedStage;
import org.osteon.image.ImageInfo;
import org.osteon.image.InputSpec;
import org.osteon.image.PlaneSize;
import org.osteon.image.Region;

/** Ends images with what the model answered, in the words of those who submitted them. */
final class InferenceOutcomes {
  private final InputSpec spec;
  private final Completion completion;

  /**
   * @param spec of the plane that the answered regions lie in
   */
  InferenceOutcomes(InputSpec spec, Completion completion) {
    this.spec = spec;
    this.completion = completion;
  }

  /**
   * The call that an image was part of: when its batch was taken, what it took, how many it had.
   */
  record Inferred(long takenNanos, long nanos, int size) {}

  /**
   * @param logits one for each class; one that is no number ends the image as failed
   * @param regions in the plane, or null where the model names none
   */
  void answered(InFlight image, float[] logits, @Nullable List<Region> regions, Inferred inferred) {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        failed(image, "NON_FINITE_OUTPUT", "The model answered with a value that is no number.");
        return;
      }
    }
    ImageInfo info = image.info;
    if (info == null) {
      throw new IllegalStateException("An image came to the device undecoded.");
    }
    long queued =
        (image.decodeStartNanos - image.submittedNanos)
            + (inferred.takenNanos - image.decodeEndNanos);
    ImageTiming timing =
        new ImageTiming(
            micros(queued),
            micros(image.decodeEndNanos - image.decodeStartNanos),
            micros(inferred.nanos),
            micros(System.nanoTime() - image.submittedNanos));
    completion.end(
        image,
        new Classified(
            logits, inPicture(regions, info), info, image.sha256, timing, inferred.size));
  }

  /**
   * @param reason stable, for the dead letter
   */
  void failed(InFlight image, String reason, String message) {
    completion.end(
        image, new Failed(FailedStage.INFER, reason, message, Math.max(1, image.attempts)));
  }

  private @Nullable List<Region> inPicture(@Nullable List<Region> regions, ImageInfo info) {
    if (regions == null) {
      return null;
    }
    PlaneSize drawn = PlaneSize.drawn(info.width(), info.height(), spec);
    return regions.stream()
        .map(each -> each.inPicture(drawn, spec))
        .filter(Region::hasArea)
        .toList();
  }

  private static long micros(long nanos) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
  }
}
