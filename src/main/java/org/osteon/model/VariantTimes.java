package org.osteon.model;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.osteon.batch.BatchPredictor;

/** What a loaded variant costs on this machine. */
public final class VariantTimes {
  private static final int ROUNDS = 5;

  private VariantTimes() {}

  /** Median microseconds of an image in a full batch, one thread, warm. */
  public static double micros(DjlModel model, int batchSize) {
    ByteBuffer planes = ByteBuffer.allocateDirect(batchSize * model.inputSpec().planeBytes());
    double[] rounds = new double[ROUNDS];
    try (BatchPredictor predictor = model.predictor(batchSize)) {
      for (int i = 0; i < ROUNDS; i++) {
        long start = System.nanoTime();
        predictor.predict(planes, batchSize);
        rounds[i] = (System.nanoTime() - start) / 1e3 / batchSize;
      }
    }
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }
}
