package org.osteon.batch;

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
  enum Leave {
    FULL,
    DEADLINE,
    DRAIN
  }

  default void submitted() {}

  default void decoded() {}

  default void batchStarted(int size, Leave why) {}

  /** After the model answered and before any outcome of the batch is handed out. */
  default void batchAnswered(int size, long inferenceNanos) {}

  default void completed(Outcome outcome) {}
}
