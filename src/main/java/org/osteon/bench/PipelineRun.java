package org.osteon.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.BatchSettings;
import org.osteon.batch.DecodeStage;
import org.osteon.batch.FetchPool;
import org.osteon.batch.Handling;
import org.osteon.batch.Outcome;
import org.osteon.batch.PipelineListener;
import org.osteon.batch.Urgency;
import org.osteon.bench.peer.RateMeter;
import org.osteon.image.ImageDecoder;
import org.osteon.model.Cpus;
import org.osteon.model.DjlModel;

/** Decoding, batching and inference on all CPUs at once, fed from memory: all but Kafka. */
final class PipelineRun {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private PipelineRun() {}

  /** Images a second, between the first tenth and the last outcome. */
  static double imagesPerSecond(
      DjlModel model, ImageDecoder decoder, ImageSet images, int events, int batchSize)
      throws InterruptedException {
    Cpus cpus = Cpus.share(false, 0, 0);
    int room = batchSize * (cpus.inferenceThreads() + 3);
    BatchSettings settings =
        new BatchSettings(
            batchSize,
            Duration.ofMillis(20),
            cpus.decodeThreads(),
            cpus.inferenceThreads(),
            room,
            1L << 30,
            PATIENCE);
    RateMeter meter = new RateMeter(events);
    try (BatchPipeline pipeline =
        BatchPipeline.start(
            settings,
            model.inputSpec(),
            FetchPool.NONE,
            DecodeStage.of(decoder),
            () -> model.predictor(batchSize),
            model.deviceName(),
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
