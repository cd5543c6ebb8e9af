package org.osteon.batch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osteon.batch.contract.Handling;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.contract.Urgency;
import org.osteon.image.Region;

/** When a batch leaves, in which order, and how much is let in. */
class BatchPipelineTest extends PipelineOnAnEcho {
  @Test
  void everyImageGetsItsOwnAnswer() throws Exception {
    start(8, Duration.ofMillis(5), 64, 1 << 20);
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      outcomes.add(submit(i % 251));
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(logits(outcomes.get(i))).containsExactly(i % 251, i % 251);
    }
    assertThat(pipeline().imagesInFlight()).isZero();
    assertThat(pipeline().bytesInFlight()).isZero();
  }

  @Test
  void aFullBatchLeavesAtOnce() throws Exception {
    start(4, NEVER, 64, 1 << 20);
    List<CompletableFuture<Outcome>> outcomes = List.of(submit(1), submit(2), submit(3), submit(4));
    for (CompletableFuture<Outcome> outcome : outcomes) {
      assertThat(logits(outcome)).hasSize(2);
    }
    assertThat(left).containsExactly(PipelineListener.FlushReason.FULL);
    assertThat(device.batchSizes).containsExactly(4);
  }

  @Test
  void anImageWaitsNoLongerThanTheDelay() throws Exception {
    start(16, Duration.ofMillis(30), 64, 1 << 20);
    logits(submit(1));
    assertThat(left).containsExactly(PipelineListener.FlushReason.DEADLINE);
  }

  @Test
  void anImageThatNoneCanJoinDoesNotWait() throws Exception {
    start(16, Duration.ofMillis(300), 64, 1 << 20);
    logits(submit(1));
    logits(submit(2));
    logits(submit(3));
    assertThat(left.get(2)).isEqualTo(PipelineListener.FlushReason.ALONE);
  }

  @Test
  void behindABacklogABatchFillsThoughEveryImageIsLate() throws Exception {
    Duration delay = Duration.ofSeconds(1);
    start(8, delay, 64, 1 << 20);
    decoder.permits.drainPermits();
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      outcomes.add(submit(i));
    }
    long submitted = System.nanoTime();
    await().until(() -> System.nanoTime() - submitted > delay.toNanos());
    for (int i = 1; i <= 16; i++) {
      int so = i;
      decoder.permits.release();
      await().pollInterval(Duration.ofMillis(2)).until(() -> decoded.get() == so);
    }
    for (CompletableFuture<Outcome> outcome : outcomes) {
      logits(outcome);
    }
    assertThat(answered.get(0)).isEqualTo(8);
  }

  @Test
  void aDrainDoesNotWaitForTheDelay() throws Exception {
    start(16, NEVER, 64, 1 << 20);
    CompletableFuture<Outcome> one = submit(1);
    CompletableFuture<Outcome> two = submit(2);
    try (BatchPipeline.Drain drain = pipeline().drain()) {
      logits(one);
      logits(two);
    }
    assertThat(left)
        .doesNotContain(PipelineListener.FlushReason.DEADLINE, PipelineListener.FlushReason.FULL);
  }

  @Test
  void aDrainDoesNotWaitForAnImageThatCannotBeDecoded() throws Exception {
    start(16, NEVER, 64, 1 << 20);
    CompletableFuture<Outcome> good = submit(1);
    CompletableFuture<Outcome> bad = submitBytes(new byte[0]);
    try (BatchPipeline.Drain drain = pipeline().drain()) {
      assertThat(bad.get(60, SECONDS)).isInstanceOf(Failed.class);
      logits(good);
    }
  }

  @Test
  void theSubmitterWaitsWhenThePipelineIsFullOfImages() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    device.hangs = latch;
    start(4, Duration.ofMillis(1), 8, 1 << 20);
    for (int i = 0; i < 8; i++) {
      assertThat(
              pipeline()
                  .submit(ByteBuffer.wrap(new byte[] {1}), new Handling(Urgency.ROUTINE, 1), 0))
          .isNotNull();
    }
    assertThat(
            pipeline()
                .submit(ByteBuffer.wrap(new byte[] {1}), new Handling(Urgency.ROUTINE, 1), 1000))
        .isNull();
    assertThat(pipeline().imagesInFlight()).isEqualTo(8);
    device.hangs = null;
    latch.countDown();
    assertThat(logits(submit(7))).containsExactly(7, 7);
  }

  @Test
  void theSubmitterWaitsWhenThePipelineIsFullOfBytesAndAHugeImageGoesAlone() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    device.hangs = latch;
    start(4, Duration.ofMillis(1), 64, 100);
    CompletableFuture<Outcome> huge =
        pipeline().submit(ByteBuffer.wrap(new byte[] {9}), new Handling(Urgency.ROUTINE, 5000), 0);
    assertThat(huge).isNotNull();
    assertThat(
            pipeline()
                .submit(ByteBuffer.wrap(new byte[] {1}), new Handling(Urgency.ROUTINE, 1), 1000))
        .isNull();
    assertThat(pipeline().bytesInFlight()).isEqualTo(5000);
    device.hangs = null;
    latch.countDown();
    assertThat(logits(huge)).containsExactly(9, 9);
    assertThat(logits(submit(1))).containsExactly(1, 1);
  }

  @Test
  void statGoesBeforeRoutine() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    device.hangs = latch;
    start(1, Duration.ofMillis(1), 500, 1 << 20);
    List<CompletableFuture<Outcome>> routine = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      routine.add(submit(1));
    }
    CompletableFuture<Outcome> stat =
        pipeline().submit(ByteBuffer.wrap(new byte[] {2}), new Handling(Urgency.STAT, 1), 0);
    assertThat(stat).isNotNull();
    int[] doneBefore = new int[1];
    stat.thenRun(
        () -> doneBefore[0] = (int) routine.stream().filter(CompletableFuture::isDone).count());
    device.hangs = null;
    latch.countDown();
    logits(stat);
    // Before it go only those that were decoded or on the device when it came.
    assertThat(doneBefore[0]).isLessThan(20);
    for (CompletableFuture<Outcome> outcome : routine) {
      logits(outcome);
    }
  }

  @Test
  void regionsAreOfThePictureAndOfItsTwinToo() throws Exception {
    device.region = new Region(0.1, 0.1, 0.3, 0.2, 0.9);
    start(new BatchSettings(1, NEVER, 2, 1, 8, 1 << 20, Duration.ofMillis(100), 10));
    List<Region> told = Objects.requireNonNull(regions(submit(7)));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).x0()).as("one column of two").isCloseTo(0.2, within(1e-9));
    assertThat(told.get(0).x1()).isCloseTo(0.6, within(1e-9));
    assertThat(told.get(0).y1()).isEqualTo(0.2);
    assertThat(regions(submit(7))).isEqualTo(told);
    assertThat(device.batchSizes).containsExactly(1);
    device.region = null;
    assertThat(regions(submit(8))).as("a version that does not say").isNull();
  }

  @Test
  void theSamePictureIsNotAskedForTwice() throws Exception {
    Duration timeout = Duration.ofMillis(100);
    start(new BatchSettings(1, Duration.ZERO, 1, 1, 64, 1 << 20, timeout, 2));
    assertThat(logits(submit(7))).containsExactly(7, 7);
    Classified again = (Classified) submit(7).get(60, SECONDS);
    assertThat(again.logits()).containsExactly(7, 7);
    assertThat(again.batchSize()).isZero();
    assertThat(again.timing().inferenceMicros()).isZero();
    assertThat(device.batchSizes).hasSize(1);
    logits(submit(8));
    logits(submit(9));
    assertThat(logits(submit(7))).as("the two last are kept").containsExactly(7, 7);
    assertThat(device.batchSizes).hasSize(4);
    assertThat(pipeline().imagesInFlight()).isZero();
  }

  private static @Nullable List<Region> regions(CompletableFuture<Outcome> outcome)
      throws Exception {
    return ((Classified) outcome.get(60, SECONDS)).regions();
  }
}
