package org.osteon.batch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.osteon.batch.contract.Handling;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.batch.contract.Urgency;
import org.osteon.fetch.FetchFault;
import org.osteon.fetch.Fetched;
import org.osteon.fetch.ImageFetcher;
import org.osteon.fetch.Reference;

/** Images that must be fetched first, among those that are there. */
class PipelineFetchTest extends PipelineOnAnEcho {
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
}
