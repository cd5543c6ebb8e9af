package org.osteon.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.batch.device.DeviceHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the inference threads: each opens a predictor of its own, then works with it. */
final class InferenceThreads {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceThreads.class);

  private InferenceThreads() {}

  /**
   * Starts all at once, since each warms for a while and a machine may have many CPUs; returns when
   * each has its predictor.
   *
   * @throws RuntimeException what opening a predictor threw
   */
  static void open(
      PipelineThreads threads,
      int count,
      BatchPredictor.Factory predictors,
      Function<BatchPredictor, InferenceWorker> worker,
      DeviceHealth health) {
    List<CompletableFuture<Void>> opened = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CompletableFuture<Void> open = new CompletableFuture<>();
      threads.inferring(i, () -> work(predictors, open, worker, health));
      opened.add(open);
    }
    opened.forEach(InferenceThreads::await);
  }

  private static void work(
      BatchPredictor.Factory predictors,
      CompletableFuture<Void> opened,
      Function<BatchPredictor, InferenceWorker> worker,
      DeviceHealth health) {
    try (BatchPredictor predictor = predictors.open()) {
      opened.complete(null);
      worker.apply(predictor).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // Whatever ended it: images would wait for a thread that is no more.
      if (!opened.completeExceptionally(e)) {
        LOG.error("An inference thread ended", e);
        health.lose("an inference thread ended (" + e + ").");
      }
    }
  }

  private static void await(CompletableFuture<Void> opened) {
    try {
      opened.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the model was being loaded.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException("The model could not be opened.", e.getCause());
    }
  }
}
