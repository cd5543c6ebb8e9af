package org.osteon.bench.rig;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.osteon.batch.device.BatchPredictor;

/**
 * Stands in for a GPU: each call takes a fixed time and a time for each image, one call after
 * another for all callers, and no CPU. Copies to it and kernels beside each other are not in it.
 *
 * <p><b>Threading.</b> Any; its predictors one each.
 */
public final class SimulatedDevice {
  /** Images in a call of it. */
  public static final int BATCH = 64;

  /** As the service has them on a GPU: one batch is prepared while another is computed. */
  public static final int THREADS = 2;

  private final int fixedMicros;
  private final int imageMicros;
  private final int classes;

  /** When it will have done what it was asked for. */
  private final AtomicLong free = new AtomicLong(System.nanoTime());

  public SimulatedDevice(int fixedMicros, int imageMicros, int classes) {
    this.fixedMicros = fixedMicros;
    this.imageMicros = imageMicros;
    this.classes = classes;
  }

  /** What the service's settings must say where it stands in the model's place. */
  public static Map<String, String> settings() {
    return Map.of(
        "inference.precision",
        "f32",
        "inference.threads",
        Integer.toString(THREADS),
        "batch.max.size",
        Integer.toString(BATCH));
  }

  public BatchPredictor.Factory predictors() {
    return Waiting::new;
  }

  /** Images a second in batches of that size, if it is never kept waiting. */
  public double imagesPerSecond(int batch) {
    return batch * 1e6 / (fixedMicros + batch * imageMicros);
  }

  public String name() {
    return "%d µs + %d µs an image".formatted(fixedMicros, imageMicros);
  }

  private final class Waiting implements BatchPredictor {
    @Override
    public Answers predict(ByteBuffer planes, int count) {
      long cost = 1_000L * (fixedMicros + count * imageMicros);
      long end = free.updateAndGet(at -> Math.max(at, System.nanoTime()) + cost);
      long left = end - System.nanoTime();
      while (left > 0) {
        // As a thread sleeps that waits for a GPU: spinning would take the CPUs from the decoders.
        LockSupport.parkNanos(this, left);
        left = end - System.nanoTime();
      }
      return Answers.of(new float[count][classes]);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
