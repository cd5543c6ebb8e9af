package org.osteon.topology.classify;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.ImageTiming;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.topology.model.Candidate;
import org.osteon.topology.model.Candidate.Said;
import org.osteon.topology.record.Pending.Ending;
import org.osteon.topology.record.SecondAnswer;

/**
 * One image that a candidate is asked about beside the active version. It ends when both have said
 * something, and at the latest the candidate's patience after the active version: what the
 * candidate does can delay an image by that, and lose none.
 *
 * <p><b>Threading.</b> The file is handed over by a decode thread, before the active version's
 * outcome is known; what hangs on the future runs on a thread of either pipeline or on the timer's.
 */
final class SecondOpinion implements Consumer<byte[]> {
  private final Candidate candidate;
  private final long takenNanos = System.nanoTime();
  private volatile @Nullable CompletableFuture<Said> asked;

  SecondOpinion(Candidate candidate) {
    this.candidate = candidate;
  }

  @Override
  public void accept(byte[] file) {
    asked = candidate.ask(file);
  }

  /**
   * @param first outcome of the active version
   */
  CompletableFuture<Ending.Piped> beside(CompletableFuture<Outcome> first) {
    return first.thenCompose(this::join);
  }

  private CompletableFuture<Ending.Piped> join(Outcome first) {
    CompletableFuture<Said> waiting = asked;
    if (!(first instanceof Classified classified) || waiting == null) {
      return CompletableFuture.completedFuture(new Ending.Piped(first));
    }
    Duration patience = candidate.patience();
    // A copy: what it says too late must not find the image ended by its own future.
    return waiting
        .copy()
        .completeOnTimeout(Said.LATE, patience.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionally(e -> Said.FAILED)
        .thenApply(
            said -> new Ending.Piped(first, new SecondAnswer(candidate, timed(classified, said))));
  }

  /** Its own pipeline began only when the image was there: the time before was the image's too. */
  private Said timed(Classified first, Said said) {
    Classified second = said.outcome();
    if (second == null) {
      return said;
    }
    ImageTiming timing =
        new ImageTiming(
            first.timing().queueMicros() + second.timing().queueMicros(),
            first.timing().decodeMicros() + second.timing().decodeMicros(),
            second.timing().inferenceMicros(),
            TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - takenNanos));
    return Said.of(
        new Classified(
            second.logits(),
            second.regions(),
            second.image(),
            second.sha256(),
            timing,
            second.batchSize()));
  }
}
