package org.osteon.service.rollout;

import java.util.concurrent.CompletableFuture;
import org.osteon.batch.BatchPipeline;
import org.osteon.model.isolated.ModelProcess;
import org.osteon.service.canary.OnTrial;
import org.osteon.topology.model.DecisionPolicy;

/**
 * A version that runs in a process of its own, warm in its own pipeline, as shadow or as canary.
 *
 * @param process runs it
 * @param pipeline in front of it
 * @param policy its terms
 */
record IsolatedModel(ModelProcess process, BatchPipeline pipeline, DecisionPolicy policy)
    implements OnTrial {
  @Override
  public String label() {
    return process.version().label();
  }

  @Override
  public boolean onCpu() {
    return process.deviceName().equals("cpu");
  }

  @Override
  public CompletableFuture<String> lost() {
    return process.lost();
  }

  @Override
  public void close() {
    // Its thread may be in a call, which ends with the process.
    process.close();
    pipeline.close();
  }
}
