package org.osteon.topology.model;

import org.osteon.batch.BatchPipeline;

/**
 * A pipeline and the model version that answers in it.
 *
 * <p><b>Threading.</b> Immutable, but for the count of its users, which {@link ActiveModels}
 * guards.
 */
public final class ActiveModel {
  private final BatchPipeline pipeline;
  private final DecisionPolicy policy;
  private int users;

  /**
   * @param pipeline warm
   * @param policy of the version behind it
   */
  public ActiveModel(BatchPipeline pipeline, DecisionPolicy policy) {
    this.pipeline = pipeline;
    this.policy = policy;
  }

  /** Where images go. */
  public BatchPipeline pipeline() {
    return pipeline;
  }

  /** What answers. */
  public DecisionPolicy policy() {
    return policy;
  }

  void users(int more) {
    users += more;
  }

  /** Whether no caller submits to it and nothing is in it. */
  boolean idle() {
    return users == 0 && pipeline.imagesInFlight() == 0;
  }
}
