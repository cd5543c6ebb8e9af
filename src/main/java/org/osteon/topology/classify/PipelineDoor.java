package org.osteon.topology.classify;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.contract.Handling;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.Urgency;
import org.osteon.batch.device.DeviceLostException;
import org.osteon.event.ImageReference;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;
import org.osteon.fetch.Reference;
import org.osteon.topology.model.ActiveModel;
import org.osteon.topology.model.ActiveModels;
import org.osteon.topology.model.Candidate;
import org.osteon.topology.record.Pending;
import org.osteon.topology.record.Pending.Ending;
import org.osteon.topology.record.RecordBytes;

/**
 * Hands images to the pipeline of the model that answers, and waits for room where it is full, as
 * long as something moves in it.
 *
 * <p><b>Threading.</b> One stream thread; the future ends on a thread of the pipeline.
 */
final class PipelineDoor {
  /** How long a submitter waits for room before it looks whether something can be forwarded. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ActiveModels models;
  private final GivingUp givingUp;

  /**
   * @param givingUp says when and why waiting ends
   */
  PipelineDoor(ActiveModels models, GivingUp givingUp) {
    this.models = models;
    this.givingUp = givingUp;
  }

  /** What to try until there is room in the pipeline; null where there was none. */
  @FunctionalInterface
  private interface Submission {
    @Nullable CompletableFuture<Outcome> attempt() throws InterruptedException;
  }

  /**
   * Returns when the image is in the pipeline, and notes whose policy its result is made with. A
   * candidate that the study belongs to is asked as well, unless the image may have ended replicas.
   *
   * @param recordBytes what the record that carries it weighs
   * @param meanwhile run again and again while there is no room
   * @throws DeviceLostException there was no room for too long
   */
  CompletableFuture<Ending.Piped> submit(
      Pending item, XRayEvent event, int recordBytes, Runnable meanwhile) {
    boolean stat = item.event != null && item.event.priority() == Priority.STAT;
    Urgency urgency = stat ? Urgency.STAT : Urgency.ROUTINE;
    ActiveModel model = models.enter();
    try {
      item.policy = model.policy();
      Candidate candidate = item.suspect ? null : models.candidateFor(event.getStudyInstanceUid());
      SecondOpinion second = candidate == null ? null : new SecondOpinion(candidate);
      CompletableFuture<Outcome> first =
          submit(
              submission(
                  model.pipeline(),
                  event.getImage(),
                  new Handling(urgency, recordBytes, item.suspect, second)),
              meanwhile);
      return second == null ? first.thenApply(Ending.Piped::new) : second.beside(first);
    } finally {
      models.leave(model);
    }
  }

  private static Submission submission(BatchPipeline pipeline, Object image, Handling handling) {
    if (image instanceof InlineImage inline) {
      // A view into the record, so it weighs nothing of its own.
      return () -> pipeline.submit(inline.getData(), handling, LOOK_NANOS);
    }
    Reference reference = RecordBytes.reference((ImageReference) image);
    Handling fetched =
        new Handling(
            handling.urgency(),
            reference.length() + handling.weight(),
            handling.suspect(),
            handling.onlooker());
    return () -> pipeline.submit(reference, fetched, LOOK_NANOS);
  }

  private CompletableFuture<Outcome> submit(Submission submission, Runnable meanwhile) {
    GivingUp.Wait wait = givingUp.begin();
    try {
      while (true) {
        CompletableFuture<Outcome> outcome = submission.attempt();
        if (outcome != null) {
          return outcome;
        }
        meanwhile.run();
        if (wait.leftNanos() <= 0) {
          throw givingUp.because("there was no room in the pipeline");
        }
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
