package org.osteon.model.engine;

import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many threads call the model at once, and how many each call has inside the engine: measured,
 * on this machine, at load. One call for each CPU synchronises nothing and wins where a call is
 * small; where all cores share one memory bus or cache, fewer and wider calls may.
 */
public final class ThreadChoice {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadChoice.class);

  /** Another split must be this much faster than one call for each CPU. */
  private static final double WORTH_IT = 1.1;

  /** Of each split at least, after a first call that does not count. */
  private static final long MEASURED_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  /**
   * How many times as long as one call for each CPU another split may take: where something else
   * has a CPU, threads inside a call wait for each other for seconds.
   */
  private static final long PATIENCE = 3;

  private static final long NO_LIMIT = TimeUnit.MINUTES.toNanos(10);

  private ThreadChoice() {}

  /** {@link #choose}, or another way to find a split. */
  @FunctionalInterface
  public interface Chooser {
    Cpus choose(DjlModel model, int batchSize, Cpus shared);
  }

  /**
   * Measures the splits of these CPUs, all threads of each at once.
   *
   * @param batchSize images in a full batch
   * @param shared one call for each CPU, or what a GPU gets
   * @return the fastest split, {@code shared} where none is clearly faster or where there is
   *     nothing to choose: on a GPU, on one CPU
   */
  public static Cpus choose(DjlModel model, int batchSize, Cpus shared) {
    List<Cpus> splits = splits(shared, Runtime.getRuntime().availableProcessors());
    if (!model.deviceName().equals("cpu") || splits.size() == 1) {
      return shared;
    }
    // Threads that call the engine for the first time take the number that was set last.
    int before = JniUtils.getNumThreads();
    Map<Cpus, Double> rates = new LinkedHashMap<>();
    long patience = NO_LIMIT;
    for (Cpus split : splits) {
      long start = System.nanoTime();
      rates.put(split, imagesPerSecond(model, batchSize, split, patience));
      patience = Math.min(patience, PATIENCE * (System.nanoTime() - start));
    }
    Cpus simple = splits.get(0);
    Cpus best = best(rates);
    if (!best.equals(simple)) {
      // Something else may have had a CPU for a moment: it must win twice.
      for (Cpus split : List.of(simple, best)) {
        rates.merge(split, imagesPerSecond(model, batchSize, split, patience), Math::max);
      }
      best = best(rates);
    }
    JniUtils.setNumThreads(before);
    LOG.info("Inference threads × threads of a call: {}; {} is taken", table(rates), best.split());
    return best;
  }

  /** From one call for each CPU by powers of two to one call over all of them. */
  static List<Cpus> splits(Cpus shared, int cpus) {
    Map<Integer, Cpus> byThreads = new LinkedHashMap<>();
    for (int inside = 1; inside < cpus; inside *= 2) {
      int calls = cpus / inside;
      byThreads.put(calls, shared.calling(calls, cpus / calls));
    }
    byThreads.put(1, shared.calling(1, cpus));
    return new ArrayList<>(byThreads.values());
  }

  /**
   * The fastest, the first unless another is clearly faster.
   *
   * @param rates images a second, the simplest split first
   */
  static Cpus best(Map<Cpus, Double> rates) {
    Map.Entry<Cpus, Double> simple = rates.entrySet().iterator().next();
    Map.Entry<Cpus, Double> fastest =
        rates.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(simple);
    boolean worthIt = fastest.getValue() >= simple.getValue() * WORTH_IT;
    return worthIt ? fastest.getKey() : simple.getKey();
  }

  /**
   * Images a second while all threads of a split call the model with full batches.
   *
   * @return 0 where it took longer than {@code patienceNanos}
   */
  static double imagesPerSecond(DjlModel model, int batchSize, Cpus split, long patienceNanos) {
    int threads = split.inferenceThreads();
    CountDownLatch warm = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      double sum = 0;
      Callable<Double> calls = () -> calls(model, batchSize, split.intraOpThreads(), warm);
      List<Callable<Double>> all = Collections.nCopies(threads, calls);
      for (Future<Double> rate : pool.invokeAll(all, patienceNanos, TimeUnit.NANOSECONDS)) {
        sum += rate.get();
      }
      return sum;
    } catch (CancellationException e) {
      // The calls themselves cannot be ended.
      model.closesAfter(pool);
      return 0;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The model could not be timed.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the model was timed.", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** One thread's images a second, counted from when all are warm. */
  private static double calls(DjlModel model, int batchSize, int inside, CountDownLatch warm)
      throws InterruptedException {
    ByteBuffer planes = ByteBuffer.allocateDirect(batchSize * model.inputSpec().planeBytes());
    JniUtils.setNumThreads(inside);
    try (DjlPredictor predictor = model.coldPredictor(batchSize)) {
      try {
        predictor.predict(planes, batchSize);
      } finally {
        // One that fails keeps no other waiting.
        warm.countDown();
      }
      warm.await();
      long start = System.nanoTime();
      long used;
      int images = 0;
      do {
        predictor.predict(planes, batchSize);
        images += batchSize;
        used = System.nanoTime() - start;
      } while (used < MEASURED_NANOS && !Thread.currentThread().isInterrupted());
      return images * 1e9 / used;
    }
  }

  private static String table(Map<Cpus, Double> rates) {
    return rates.entrySet().stream()
        .map(
            each ->
                String.format(
                    Locale.ROOT, "%s %.0f images/s", each.getKey().split(), each.getValue()))
        .collect(Collectors.joining(", "));
  }
}
