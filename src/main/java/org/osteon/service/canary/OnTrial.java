package org.osteon.service.canary;

import java.util.concurrent.CompletableFuture;
import org.osteon.batch.BatchPipeline;
import org.osteon.topology.model.DecisionPolicy;

/** A version that is loaded, verified and warm in a process and in a pipeline of its own. */
public interface OnTrial extends AutoCloseable {
  /** In front of it. */
  BatchPipeline pipeline();

  /** Its terms. */
  DecisionPolicy policy();

  /** {@code name/version}. */
  String label();

  /** Whether it runs on a CPU. */
  boolean onCpu();

  /** Done, with one sentence, when its process has ended of itself: nothing will be answered. */
  CompletableFuture<String> lost();

  /** At once, whatever it is doing: images that it holds never end. */
  @Override
  void close();
}
