package org.osteon.model.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.osteon.batch.device.BatchPredictor;

/** What a loaded variant costs on this machine. */
public final class VariantTimes {
  private static final int ROUNDS = 3;

  /** After so long no round is begun: calls of seconds are what they are. */
  private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private VariantTimes() {}

  /** Microseconds of an image in a full batch, one thread, warm: the least of a few. */
  public static double micros(DjlModel model, int batchSize) {
    ByteBuffer planes = ByteBuffer.allocateDirect(batchSize * model.inputSpec().planeBytes());
    double least = Double.MAX_VALUE;
    try (BatchPredictor predictor = model.predictor(batchSize)) {
      long begun = System.nanoTime();
      for (int i = 0; i < ROUNDS && (i == 0 || System.nanoTime() - begun < ENOUGH_NANOS); i++) {
        long start = System.nanoTime();
        predictor.predict(planes, batchSize);
        least = Math.min(least, (System.nanoTime() - start) / 1e3 / batchSize);
      }
    }
    return least;
  }
}
