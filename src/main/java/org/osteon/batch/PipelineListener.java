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
   * @param sight the plane in it is lent for the length of the call
   */
  default void seen(Sight sight) {}

  /** The same image was answered before, and gets that answer; it will join no batch. */
  default void recognised() {}

  default void batchStarted(int size, Leave why) {}

  /** After the model answered and before any outcome of the batch is handed out. */
  default void batchAnswered(int size, long inferenceNanos) {}

  default void completed(Outcome outcome) {}

  /** Tells one and then the other. */
  static PipelineListener both(PipelineListener first, PipelineListener second) {
    return new PipelineListener() {
      @Override
      public void submitted() {
        first.submitted();
        second.submitted();
      }

      @Override
      public void fetched(long bytes, long nanos) {
        first.fetched(bytes, nanos);
        second.fetched(bytes, nanos);
      }

      @Override
      public void decoded() {
        first.decoded();
        second.decoded();
      }

      @Override
      public void seen(Sight sight) {
        first.seen(sight);
        second.seen(sight);
      }

      @Override
      public void recognised() {
        first.recognised();
        second.recognised();
      }

      @Override
      public void batchStarted(int size, Leave why) {
        first.batchStarted(size, why);
        second.batchStarted(size, why);
      }

      @Override
      public void batchAnswered(int size, long inferenceNanos) {
        first.batchAnswered(size, inferenceNanos);
        second.batchAnswered(size, inferenceNanos);
      }

      @Override
      public void completed(Outcome outcome) {
        first.completed(outcome);
        second.completed(outcome);
      }
    };
  }
}
