package org.osteon.batch.contract;

import java.util.List;

/**
 * Told of every step of every image: for metrics, and for tests that stop the world at a named one.
 *
 * <p><b>Threading.</b> Called by the thread that takes the step, so by many at once, and in the hot
 * path: be quick.
 */
public interface PipelineListener {
  /** Listens to nothing. */
  PipelineListener NONE = new PipelineListener() {};

  /** Why a batch left for the device. */
  enum FlushReason {
    FULL,
    DEADLINE,
    /** Nothing that could join was on its way or to be expected. */
    ALONE,
    DRAIN
  }

  default void submitted() {}

  /** An image that was submitted by reference is there, and its digest is right. */
  default void fetched(long bytes, long nanos) {}

  default void decoded() {}

  /**
   * An image has its plane, and its outcome is to come. For who looks on beside the model.
   *
   * @param view the plane in it is lent for the length of the call
   */
  default void seen(DecodedView view) {}

  /** The same image was answered before, and gets that answer; it will join no batch. */
  default void recognised() {}

  default void batchStarted(int size, FlushReason why) {}

  /** After the model answered and before any outcome of the batch is handed out. */
  default void batchAnswered(int size, long inferenceNanos) {}

  default void completed(Outcome outcome) {}

  /** Tells each in turn. */
  static PipelineListener all(PipelineListener... listeners) {
    return FanOut.of(PipelineListener.class, List.of(listeners));
  }
}
