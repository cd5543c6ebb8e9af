package org.osteon.batch;

/**
 * Hands an outcome to whoever submitted the image and gives its room back.
 *
 * <p><b>Threading.</b> Called by decode and inference threads.
 */
final class Completion {
  private final Budget budget;
  private final PipelineListener listener;

  Completion(Budget budget, PipelineListener listener) {
    this.budget = budget;
    this.listener = listener;
  }

  void end(InFlight image, Outcome outcome) {
    budget.give(image.weight);
    listener.completed(outcome);
    image.outcome.complete(outcome);
  }
}
