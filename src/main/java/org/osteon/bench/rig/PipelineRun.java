package org.osteon.bench.rig;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.BatchSettings;
import org.osteon.batch.DecodeStage;
import org.osteon.batch.FetchPool;
import org.osteon.batch.contract.Handling;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.contract.Urgency;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.bench.peer.RateMeter;
import org.osteon.image.ImageDecoder;
import org.osteon.image.InputSpec;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlModel;

/** Decoding, batching and inference on all CPUs at once, fed from memory: all but Kafka. */
public final class PipelineRun {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private PipelineRun() {}

  /**
   * What answers.
   *
   * @param spec of the planes it takes
   * @param predictors one for each thread
   * @param name for messages
   * @param threads that ask it
   */
  public record Device(
      InputSpec spec, BatchPredictor.Factory predictors, String name, int threads) {}

  /** Images a second of the second half, see {@link RateMeter}. */
  public static double imagesPerSecond(
      DjlModel model, ImageDecoder decoder, ImageSet images, int events, int batchSize)
      throws InterruptedException {
    Device device =
        new Device(
            model.inputSpec(),
            () -> model.predictor(batchSize),
            model.deviceName(),
            Cpus.share(false, 0, 0).inferenceThreads());
    return imagesPerSecond(device, decoder, images, events, batchSize);
  }

  /** The same with a device of another kind. */
  public static double imagesPerSecond(
      Device device, ImageDecoder decoder, ImageSet images, int events, int batchSize)
      throws InterruptedException {
    int room = batchSize * (device.threads + 3);
    BatchSettings settings =
        new BatchSettings(
            batchSize,
            Duration.ofMillis(20),
            Cpus.share(false, 0, 0).decodeThreads(),
            device.threads,
            room,
            1L << 30,
            PATIENCE);
    RateMeter meter = new RateMeter(events);
    try (BatchPipeline pipeline =
        BatchPipeline.start(
            settings,
            device.spec,
            FetchPool.NONE,
            DecodeStage.of(decoder),
            device.predictors,
            device.name,
            PipelineListener.NONE)) {
      for (int n = 0; n < events; n++) {
        byte[] image = images.files().get(n % images.files().size());
        CompletableFuture<Outcome> outcome =
            pipeline.submit(
                ByteBuffer.wrap(image),
                new Handling(Urgency.ROUTINE, image.length),
                TimeUnit.SECONDS.toNanos(60));
        if (outcome == null) {
          throw new IllegalStateException("The pipeline stands still.");
        }
        outcome.thenAccept(done -> count(done, meter));
      }
      return meter.imagesPerSecond(PATIENCE);
    }
  }

  private static void count(Outcome outcome, RateMeter meter) {
    if (outcome instanceof Outcome.Classified) {
      meter.count();
    }
  }
}
