package org.osteon.service.canary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.contract.Handling;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.batch.contract.Outcome.FailedStage;
import org.osteon.batch.contract.Urgency;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.digest.Sha256;
import org.osteon.event.ClassificationResult;
import org.osteon.service.meters.CanaryMeters;
import org.osteon.topology.model.Candidate;
import org.osteon.topology.model.DecisionPolicy;

/**
 * A canary at work: its own pipeline beside the active version's, which nothing ever waits for.
 * What does not fit into it is answered by the active version alone.
 *
 * <p><b>Threading.</b> Any.
 */
final class CanaryLane implements Candidate {
  private static final int DIGITS = 8;
  private static final double WHOLE = 0x1p32;

  private final BatchPipeline pipeline;
  private final DecisionPolicy policy;
  private final double share;
  private final Duration patience;
  private final Guard guard;
  private final CanaryMeters meters;

  /** What was asked and not answered; as few as the pipeline holds. */
  private final Set<CompletableFuture<Said>> asked = ConcurrentHashMap.newKeySet();

  private volatile boolean stopped;

  /**
   * @param pipeline of the candidate
   * @param share of the studies, above 0 and up to 1
   * @param patience how long after the active version's answer its own is waited for
   */
  CanaryLane(
      BatchPipeline pipeline,
      DecisionPolicy policy,
      double share,
      Duration patience,
      Guard guard,
      CanaryMeters meters) {
    this.pipeline = pipeline;
    this.policy = policy;
    this.share = share;
    this.patience = patience;
    this.guard = guard;
    this.meters = meters;
  }

  @Override
  public DecisionPolicy policy() {
    return policy;
  }

  @Override
  public boolean takes(String studyInstanceUid) {
    String digest = Sha256.of(studyInstanceUid.getBytes(StandardCharsets.UTF_8));
    return Long.parseLong(digest.substring(0, DIGITS), 16) < share * WHOLE;
  }

  @Override
  public Duration patience() {
    return patience;
  }

  @Override
  public CompletableFuture<Said> ask(byte[] file) {
    if (isOver()) {
      return CompletableFuture.completedFuture(Said.NOTHING);
    }
    try {
      CompletableFuture<Outcome> outcome =
          pipeline.submit(ByteBuffer.wrap(file), new Handling(Urgency.ROUTINE, file.length), 0);
      return outcome == null ? CompletableFuture.completedFuture(Said.NOTHING) : await(outcome);
    } catch (DeviceLostException e) {
      lose(String.valueOf(e.getMessage()));
      return CompletableFuture.completedFuture(Said.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.completedFuture(Said.NOTHING);
    }
  }

  private CompletableFuture<Said> await(CompletableFuture<Outcome> outcome) {
    CompletableFuture<Said> said = outcome.thenApply(CanaryLane::said);
    asked.add(said);
    said.whenComplete((answer, failure) -> asked.remove(said));
    if (isOver()) {
      // Between the question and its being noted it may have ended.
      said.complete(Said.NOTHING);
    }
    return said;
  }

  private boolean isOver() {
    return stopped || guard.breach().isPresent();
  }

  @Override
  public boolean stands(
      ClassificationResult first, @Nullable ClassificationResult second, Fate fate) {
    meters.ended(fate);
    return !stopped && guard.stands(first, second, fate);
  }

  /** From now on it is asked nothing, and nothing that it says counts or is waited for. */
  void stop() {
    stopped = true;
    end(Said.NOTHING);
  }

  /**
   * It will answer nothing any more: the active version's answers stand, and wait no longer.
   *
   * @param why one sentence
   */
  void lose(String why) {
    guard.lose(why);
    end(Said.FAILED);
  }

  private void end(Said how) {
    asked.forEach(each -> each.complete(how));
  }

  private static Said said(Outcome outcome) {
    if (outcome instanceof Classified classified) {
      return Said.of(classified);
    }
    // What cannot be decoded this time was, for the active version: no fault of the model.
    return outcome instanceof Failed failed && failed.stage() == FailedStage.INFER
        ? Said.FAILED
        : Said.NOTHING;
  }
}
