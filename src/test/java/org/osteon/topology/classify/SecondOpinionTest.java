package org.osteon.topology.classify;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osteon.batch.contract.ImageTiming;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.batch.contract.Outcome.FailedStage;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;
import org.osteon.image.ImageInfo;
import org.osteon.topology.model.Candidate;
import org.osteon.topology.model.Candidate.Fate;
import org.osteon.topology.model.Candidate.Said;
import org.osteon.topology.model.DecisionPolicy;
import org.osteon.topology.record.Pending.Ending;
import org.osteon.topology.record.SecondAnswer;

/** Whatever the candidate does, an image ends, with what the active version made of it. */
class SecondOpinionTest {
  private final CompletableFuture<Outcome> first = new CompletableFuture<>();
  private final CompletableFuture<Said> asked = new CompletableFuture<>();
  private final SecondOpinion opinion = new SecondOpinion(new Asked());

  @Test
  void itEndsWhenBothHaveAnswered() throws Exception {
    CompletableFuture<Ending.Piped> ended = begin();
    asked.complete(Said.of(classified(2)));
    assertThat(ended).isNotDone();
    first.complete(classified(1));
    SecondAnswer second = second(ended);
    assertThat(second.said().fate()).isEqualTo(Fate.ANSWERED);
    assertThat(second.said().outcome())
        .isInstanceOfSatisfying(
            Classified.class, said -> assertThat(said.logits()).containsExactly(2));
    assertThat(((Classified) ended.get().outcome()).logits()).containsExactly(1);
  }

  @Test
  void oneThatNeverAnswersIsLateAndWhatItSaysThenIsNotHeard() throws Exception {
    CompletableFuture<Ending.Piped> ended = begin();
    first.complete(classified(1));
    assertThat(second(ended).said()).isEqualTo(Said.LATE);
    asked.complete(Said.of(classified(2)));
    assertThat(second(ended).said()).isEqualTo(Said.LATE);
  }

  @Test
  void oneThatBreaksHasFailed() throws Exception {
    CompletableFuture<Ending.Piped> ended = begin();
    first.complete(classified(1));
    asked.completeExceptionally(new IllegalStateException("broken"));
    assertThat(second(ended).said()).isEqualTo(Said.FAILED);
  }

  @Test
  void whatTheActiveVersionFailsOnIsWaitedForNoLonger() {
    CompletableFuture<Ending.Piped> ended = begin();
    Failed failed = new Failed(FailedStage.INFER, "INFERENCE_FAILED", "It failed.", 1);
    first.complete(failed);
    assertThat(ended).isCompletedWithValue(new Ending.Piped(failed));
  }

  @Test
  void anImageThatWasNotHandedOverEndsWithTheFirstAnswer() {
    CompletableFuture<Ending.Piped> ended = opinion.beside(first);
    Classified answer = classified(1);
    first.complete(answer);
    assertThat(ended).isCompletedWithValue(new Ending.Piped(answer));
  }

  private CompletableFuture<Ending.Piped> begin() {
    opinion.accept(new byte[0]);
    return opinion.beside(first);
  }

  private static SecondAnswer second(CompletableFuture<Ending.Piped> ended) throws Exception {
    SecondAnswer second = ended.get(60, SECONDS).second();
    assertThat(second).isNotNull();
    return second;
  }

  private static Classified classified(float logit) {
    return new Classified(
        new float[] {logit},
        null,
        new ImageInfo("image/png", 2, 2, null),
        "00",
        new ImageTiming(1, 1, 1, 3),
        1);
  }

  /** Says what the test has it say. */
  private final class Asked implements Candidate {
    @Override
    public DecisionPolicy policy() {
      return new DecisionPolicy(
          new ModelRef("m", "2", "00"), List.of(Label.HEALTHY), 1, null, null, null, null);
    }

    @Override
    public boolean takes(String studyInstanceUid) {
      return true;
    }

    @Override
    public Duration patience() {
      return Duration.ofMillis(50);
    }

    @Override
    public CompletableFuture<Said> ask(byte[] file) {
      return asked;
    }

    @Override
    public boolean stands(
        ClassificationResult one, @Nullable ClassificationResult other, Fate fate) {
      return true;
    }
  }
}
