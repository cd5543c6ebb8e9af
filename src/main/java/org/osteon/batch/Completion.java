package org.osteon.batch;

import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.flow.Budget;
import org.osteon.batch.flow.WorkAhead;

/**
 * Hands an outcome to the image's submitter and gives its room back.
 *
 * <p><b>Threading.</b> Called by decode and inference threads.
 */
final class Completion {
  private final Budget budget;
  private final KnownImages known;
  private final WorkAhead ahead;
  private final PipelineListener listener;

  Completion(Budget budget, KnownImages known, WorkAhead ahead, PipelineListener listener) {
    this.budget = budget;
    this.known = known;
    this.ahead = ahead;
    this.listener = listener;
  }

  void end(InFlight image, Outcome outcome) {
    if (outcome instanceof Outcome.Classified classified && classified.batchSize() > 0) {
      known.add(classified);
    }
    budget.give(image.handling.weight());
    ahead.moved();
    listener.completed(outcome);
    image.outcome.complete(outcome);
  }
}
