package org.osteon.bench.rig;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.InputSpec;
import org.osteon.model.engine.DjlModel;

/**
 * What one thread needs for an image, in microseconds: the median of rounds after a warm-up.
 *
 * @param decodeMicros header, decoding and resizing
 * @param inferenceMicros one image's share of a full batch
 */
public record StageTimes(double decodeMicros, double inferenceMicros) {
  private static final int ROUNDS = 7;

  public static StageTimes measure(
      List<byte[]> images, ImageDecoder decoder, DjlModel model, int batchSize) {
    InputSpec spec = model.inputSpec();
    ByteBuffer planes = ByteBuffer.allocateDirect(batchSize * spec.planeBytes());
    double decode = median(() -> decodeAll(images, decoder, spec, planes), images.size());
    double inference;
    try (BatchPredictor predictor = model.predictor(batchSize)) {
      planes.clear();
      inference = median(() -> predictor.predict(planes, batchSize), batchSize);
    }
    return new StageTimes(decode, inference);
  }

  /** Of all CPUs, if nothing else cost anything. */
  public double imagesPerSecond() {
    return Runtime.getRuntime().availableProcessors() * 1e6 / (decodeMicros + inferenceMicros);
  }

  private static void decodeAll(
      List<byte[]> images, ImageDecoder decoder, InputSpec spec, ByteBuffer planes) {
    for (byte[] image : images) {
      if (decoder.decode(image, spec) instanceof Decoding.Decoded decoded) {
        try (decoded) {
          decoded.writeTo(planes.clear(), spec);
        }
      }
    }
  }

  private static double median(Runnable work, int images) {
    double[] micros = new double[ROUNDS];
    work.run();
    work.run();
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      work.run();
      micros[i] = (System.nanoTime() - start) / 1e3 / images;
    }
    Arrays.sort(micros);
    return micros[ROUNDS / 2];
  }
}
