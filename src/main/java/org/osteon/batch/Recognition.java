package org.osteon.batch;

import java.util.concurrent.TimeUnit;
import org.osteon.batch.contract.ImageTiming;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.PipelineListener;

/**
 * Answers an image whose digest was answered before, without the model.
 *
 * <p><b>Threading.</b> Any number of decode threads at once.
 */
final class Recognition {
  private final KnownImages known;
  private final Undecoded undecoded;
  private final PipelineListener listener;

  Recognition(KnownImages known, Undecoded undecoded, PipelineListener listener) {
    this.known = known;
    this.undecoded = undecoded;
    this.listener = listener;
  }

  /**
   * Ends the image where its answer is known.
   *
   * @param file of the image, its digest in {@code image.sha256}
   * @return whether it has ended
   */
  boolean answered(InFlight image, byte[] file) {
    KnownImages.Answer answer = known.of(image.sha256);
    if (answer == null) {
      return false;
    }
    image.handling.handOver(file);
    listener.recognised();
    long now = System.nanoTime();
    ImageTiming timing =
        new ImageTiming(
            micros(image.decodeStartNanos - image.submittedNanos),
            micros(now - image.decodeStartNanos),
            0,
            micros(now - image.submittedNanos));
    undecoded.end(
        image,
        new Classified(answer.logits(), answer.regions(), answer.image(), image.sha256, timing, 0));
    return true;
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }
}
