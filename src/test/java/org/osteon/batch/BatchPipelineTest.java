package org.osteon.batch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osteon.batch.Outcome.Classified;
import org.osteon.batch.Outcome.Failed;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.fetch.FetchFault;
import org.osteon.fetch.Fetched;
import org.osteon.fetch.ImageFetcher;
import org.osteon.fetch.Reference;
import org.osteon.image.InputSpec;

class BatchPipelineTest {
  private static final InputSpec SPEC = new InputSpec(2, 2, InputSpec.Resize.STRETCH);
  private static final Duration NEVER = Duration.ofHours(1);

  private final EchoDevice device = new EchoDevice();
  private final PixelDecoder decoder = new PixelDecoder();
  private final AtomicInteger decoded = new AtomicInteger();
  private final List<PipelineListener.FlushReason> left = new CopyOnWriteArrayList<>();
  private final List<Integer> answered = new CopyOnWriteArrayList<>();
  private FetchPool fetching = FetchPool.NONE;
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
  void oneImageThatTripsTheModelFailsAlone() throws Exception {
    device.poison = 13;
    start(16, NEVER, 64, 1 << 20);
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      outcomes.add(submit(i));
    }
    for (int i = 0; i < 16; i++) {
      if (i == 13) {
        Failed failed = (Failed) outcomes.get(i).get(60, SECONDS);
        assertThat(failed.reason()).isEqualTo("INFERENCE_FAILED");
        assertThat(failed.stage()).isEqualTo(Outcome.FailedStage.INFER);
      } else {
        assertThat(logits(outcomes.get(i))).containsExactly(i, i);
      }
    }
    assertThat(pipeline().trouble()).isEmpty();
  }

  @Test
  void anAnswerThatIsNoNumberFailsAlone() throws Exception {
    device.notANumber = 2;
    start(4, NEVER, 64, 1 << 20);
    List<CompletableFuture<Outcome>> outcomes = List.of(submit(0), submit(1), submit(2), submit(3));
    assertThat(((Failed) outcomes.get(2).get(60, SECONDS)).reason()).isEqualTo("NON_FINITE_OUTPUT");
    assertThat(logits(outcomes.get(3))).containsExactly(3, 3);
  }

  @Test
  void aSizeThatFindsNoMemoryIsRemembered() throws Exception {
    device.memory = 5;
    start(16, NEVER, 64, 1 << 20);
    for (int round = 0; round < 3; round++) {
      List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        outcomes.add(submit(i));
      }
      for (int i = 0; i < 16; i++) {
        assertThat(logits(outcomes.get(i))).containsExactly(i, i);
      }
    }
    assertThat(device.batchSizes).hasSize(12).containsOnly(4);
    assertThat(answered).containsOnly(4);
  }

  @Test
  void anImageWaitsForMemoryThatAnotherProcessHolds() throws Exception {
    device.memory = 0;
    start(4, Duration.ofMillis(5), 64, 1 << 20);
    CompletableFuture<Outcome> outcome = submit(7);
    await().until(() -> device.memoryMissed.get() >= 2);
    device.memory = 4;
    assertThat(logits(outcome)).containsExactly(7, 7);
    assertThat(pipeline().isDeviceLost()).isFalse();
  }

  @Test
  void anInferenceThreadThatEndsIsNoticed() throws Exception {
    start(4, Duration.ofMillis(5), 64, 1 << 20);
    device.broken = true;
    CompletableFuture<Outcome> outcome = submit(1);
    await().dontCatchUncaughtExceptions().until(() -> pipeline().isDeviceLost());
    assertThat(pipeline().trouble()).hasValueSatisfying(t -> assertThat(t).contains("ended"));
    assertThat(outcome).isNotDone();
  }

  @Test
  void aDeadDeviceFailsNoImage() throws Exception {
    start(4, NEVER, 64, 1 << 20);
    device.dead = true;
    List<CompletableFuture<Outcome>> outcomes = List.of(submit(1), submit(2), submit(3), submit(4));
    await().until(() -> pipeline().isDeviceLost());
    assertThat(pipeline().trouble())
        .hasValueSatisfying(t -> assertThat(t).contains("echo", "lost"));
    assertThat(outcomes).noneMatch(CompletableFuture::isDone);
    assertThatThrownBy(() -> submit(5)).isInstanceOf(DeviceLostException.class);
  }

  @Test
  void aHungDeviceIsNamedAndComesBack() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    start(4, Duration.ofMillis(1), 64, 1 << 20);
    device.hangs = latch;
    CompletableFuture<Outcome> outcome = submit(1);
    await().until(() -> pipeline().trouble().isPresent());
    assertThat(pipeline().trouble().orElseThrow())
        .contains("echo", "osteon-inference-", "has not returned");
    assertThat(pipeline().isDeviceLost()).isFalse();
    device.hangs = null;
    latch.countDown();
    assertThat(logits(outcome)).containsExactly(1, 1);
    await().until(() -> pipeline().trouble().isEmpty());
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

  @Test
  void aStoreThatIsSlowKeepsNoOneFromImagesThatAreThere() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    fetching =
        new FetchPool(
            fetched(
                () -> {
                  slow.await();
                  return new Fetched.Bytes(new byte[] {5}, "5".repeat(64), 1);
                }),
            2);
    start(4, Duration.ofMillis(1), 64, 1000);
    CompletableFuture<Outcome> first = submitReference(100);
    CompletableFuture<Outcome> second = submitReference(100);
    assertThat(pipeline().bytesInFlight()).as("reserved before it is fetched").isEqualTo(200);
    assertThat(logits(submit(3))).containsExactly(3, 3);
    assertThat(first).isNotDone();
    slow.countDown();
    assertThat(logits(first)).containsExactly(5, 5);
    Classified answer = (Classified) second.get(60, SECONDS);
    assertThat(answer.sha256()).isEqualTo("5".repeat(64));
    assertThat(pipeline().bytesInFlight()).isZero();
  }

  @Test
  void aFetchThatFailsHoldsUpNoDrainAndGivesItsRoomBack() throws Exception {
    fetching =
        new FetchPool(
            fetched(() -> new Fetched.Refused(FetchFault.NOT_FOUND, "There is no such object.", 2)),
            1);
    start(16, NEVER, 64, 1 << 20);
    CompletableFuture<Outcome> good = submit(1);
    CompletableFuture<Outcome> bad = submitReference(10);
    try (BatchPipeline.Drain drain = pipeline().drain()) {
      Failed failed = (Failed) bad.get(60, SECONDS);
      assertThat(failed.stage()).isEqualTo(Outcome.FailedStage.FETCH);
      assertThat(failed.reason()).isEqualTo("NOT_FOUND");
      assertThat(failed.attempts()).isEqualTo(2);
      logits(good);
    }
    assertThat(pipeline().imagesInFlight()).isZero();
  }

  @Test
  void aStoreThatIsAwayFailsNoImage() throws Exception {
    fetching = new FetchPool(fetched(() -> new Fetched.Unavailable("It does not answer.", 3)), 1);
    start(4, Duration.ofMillis(1), 64, 1 << 20);
    assertThat(submitReference(10).get(60, SECONDS)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(pipeline().imagesInFlight()).isZero();
  }

  @Test
  void withoutAStoreEveryReferenceIsForbiddenAtOnce() throws Exception {
    start(4, NEVER, 4, 1);
    Failed failed = (Failed) submitReference(Long.MAX_VALUE / 2).get(60, SECONDS);
    assertThat(failed.reason()).isEqualTo("FORBIDDEN_URI");
    assertThat(failed.message()).contains("fetch.s3.buckets");
  }

  private interface Answer {
    Fetched get() throws InterruptedException;
  }

  private static ImageFetcher fetched(Answer answer) {
    return new ImageFetcher() {
      @Override
      public Optional<Fetched.Refused> refusal(Reference reference) {
        return Optional.empty();
      }

      @Override
      public Fetched fetch(Reference reference, long beganNanos) throws InterruptedException {
        return answer.get();
      }
    };
  }

  private CompletableFuture<Outcome> submitReference(long length) throws InterruptedException {
    Reference reference = new Reference("s3://b/k", length, "0".repeat(64));
    CompletableFuture<Outcome> outcome =
        pipeline().submit(reference, new Handling(Urgency.ROUTINE, length), SECONDS.toNanos(10));
    assertThat(outcome).isNotNull();
    return outcome;
  }

  private void start(int maxSize, Duration delay, int maxImages, long maxBytes) {
    start(new BatchSettings(maxSize, delay, 2, 1, maxImages, maxBytes, Duration.ofMillis(100)));
  }

  private void start(BatchSettings settings) {
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

  private BatchPipeline pipeline() {
    assertThat(pipeline).isNotNull();
    return pipeline;
  }

  private CompletableFuture<Outcome> submit(int pixel) throws InterruptedException {
    return submitBytes(new byte[] {(byte) pixel});
  }

  private CompletableFuture<Outcome> submitBytes(byte[] bytes) throws InterruptedException {
    CompletableFuture<Outcome> outcome =
        pipeline()
            .submit(ByteBuffer.wrap(bytes), new Handling(Urgency.ROUTINE, 1), SECONDS.toNanos(10));
    assertThat(outcome).isNotNull();
    return outcome;
  }

  private static float[] logits(CompletableFuture<Outcome> outcome) throws Exception {
    return ((Classified) outcome.get(60, SECONDS)).logits();
  }
}
