package org.osteon.batch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.osteon.batch.contract.Handling;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.contract.Urgency;
import org.osteon.image.InputSpec;

/** A pipeline whose device answers with the pixel that it was given, and what is heard of it. */
abstract class PipelineOnAnEcho {
  private static final InputSpec SPEC = new InputSpec(2, 2, InputSpec.Resize.LETTERBOX);
  static final Duration NEVER = Duration.ofHours(1);

  final EchoDevice device = new EchoDevice();
  final PixelDecoder decoder = new PixelDecoder();
  final AtomicInteger decoded = new AtomicInteger();
  final List<PipelineListener.FlushReason> left = new CopyOnWriteArrayList<>();
  final List<Integer> answered = new CopyOnWriteArrayList<>();
  FetchPool fetching = FetchPool.NONE;
  private @Nullable BatchPipeline pipeline;

  @AfterEach
  void close() {
    CountDownLatch latch = device.hangs;
    device.hangs = null;
    if (latch != null) {
      latch.countDown();
    }
    if (pipeline != null) {
      pipeline.close();
    }
  }

  void start(int maxSize, Duration delay, int maxImages, long maxBytes) {
    start(new BatchSettings(maxSize, delay, 2, 1, maxImages, maxBytes, Duration.ofMillis(100)));
  }

  void start(BatchSettings settings) {
    PipelineListener listener =
        new PipelineListener() {
          @Override
          public void decoded() {
            decoded.incrementAndGet();
          }

          @Override
          public void batchStarted(int size, FlushReason why) {
            left.add(why);
          }

          @Override
          public void batchAnswered(int size, long inferenceNanos) {
            answered.add(size);
          }
        };
    pipeline =
        BatchPipeline.start(
            settings, SPEC, fetching, DecodeStage.of(decoder), device, "echo", listener);
  }

  BatchPipeline pipeline() {
    assertThat(pipeline).isNotNull();
    return pipeline;
  }

  CompletableFuture<Outcome> submit(int pixel) throws InterruptedException {
    return submitBytes(new byte[] {(byte) pixel});
  }

  CompletableFuture<Outcome> submitBytes(byte[] bytes) throws InterruptedException {
    CompletableFuture<Outcome> outcome =
        pipeline()
            .submit(ByteBuffer.wrap(bytes), new Handling(Urgency.ROUTINE, 1), SECONDS.toNanos(10));
    assertThat(outcome).isNotNull();
    return outcome;
  }

  static float[] logits(CompletableFuture<Outcome> outcome) throws Exception {
    return ((Classified) outcome.get(60, SECONDS)).logits();
  }
}
