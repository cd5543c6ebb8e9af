package org.osteon.topology;

import org.osteon.batch.BatchPipeline;

/**
 * A pipeline and the model version that answers in it.
 *
 * <p><b>Threading.</b> Immutable, but for the count of its users, which {@link Lanes} guards.
 */
public final class Lane {
  private final BatchPipeline pipeline;
  private final ModelTerms terms;
  private int users;

  /**
   * @param pipeline warm
   * @param terms of the version behind it
   */
  public Lane(BatchPipeline pipeline, ModelTerms terms) {
    this.pipeline = pipeline;
    this.terms = terms;
  }

  /** Where images go. */
  public BatchPipeline pipeline() {
    return pipeline;
  }

  /** What answers. */
  public ModelTerms terms() {
    return terms;
  }

  void users(int more) {
    users += more;
  }

  /** Whether nobody submits to it and nothing is in it. */
  boolean idle() {
    return users == 0 && pipeline.imagesInFlight() == 0;
  }
}
