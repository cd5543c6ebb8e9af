package org.osteon.model;

import java.nio.ByteBuffer;
import org.osteon.batch.device.BatchPredictor;

/** What a loaded variant costs on this machine. */
public final class VariantTimes {
  private static final int ROUNDS = 3;

  private VariantTimes() {}

  /** Microseconds of an image in a full batch, one thread, warm: the least of a few. */
  public static double micros(DjlModel model, int batchSize) {
    ByteBuffer planes = ByteBuffer.allocateDirect(batchSize * model.inputSpec().planeBytes());
    double least = Double.MAX_VALUE;
    try (BatchPredictor predictor = model.predictor(batchSize)) {
      for (int i = 0; i < ROUNDS; i++) {
        long start = System.nanoTime();
        predictor.predict(planes, batchSize);
        least = Math.min(least, (System.nanoTime() - start) / 1e3 / batchSize);
      }
    }
    return least;
  }
}
