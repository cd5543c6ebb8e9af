package org.osteon.topology.classify;

import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.Redrives;
import org.osteon.event.Stage;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.model.ActiveModels;
import org.osteon.topology.model.Candidate;
import org.osteon.topology.model.DecisionPolicy;
import org.osteon.topology.record.EventFacts;
import org.osteon.topology.record.Pending;
import org.osteon.topology.record.Pending.Ending;
import org.osteon.topology.record.SecondAnswer;

/**
 * What is published of a record that ended: one result, or one dead letter.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class RecordOutputs {
  /** Where a header claims more, it is not ours. */
  private static final int MOST_REDRIVES = 10_000;

  private final Results results;
  private final DeadLetters deadLetters;
  private final ActiveModels models;
  private final TopologyListener listener;

  public RecordOutputs(
      Results results, DeadLetters deadLetters, ActiveModels models, TopologyListener listener) {
    this.models = models;
    this.results = results;
    this.deadLetters = deadLetters;
    this.listener = listener;
  }

  boolean isResult(Pending item) {
    return item.ending instanceof Ending.Again
        || (item.ending instanceof Ending.Piped piped && piped.outcome() instanceof Classified);
  }

  /** What is published, or null where nothing is. */
  @Nullable SpecificRecord of(Pending item) {
    if (item.ending instanceof Ending.Again again) {
      return again(again);
    }
    if (item.ending instanceof Ending.Unreadable unreadable) {
      return letter(item, Stage.DESERIALIZE, unreadable.reason(), unreadable.message(), 1);
    }
    Outcome outcome = outcome(item.ending);
    if (outcome instanceof Failed failed) {
      Stage stage = Stage.valueOf(failed.stage().name());
      return letter(item, stage, failed.reason(), failed.message(), failed.attempts());
    }
    ClassificationResult result = result(item, (Classified) outcome);
    listener.forwarded(result);
    return result;
  }

  /** The active version's; the candidate's where it was asked and its answer stands. */
  private ClassificationResult result(Pending item, Classified outcome) {
    EventFacts event = Objects.requireNonNull(item.event, "An outcome of no event.");
    ClassificationResult first = results.of(event, policy(item), outcome);
    SecondAnswer asked = item.ending instanceof Ending.Piped piped ? piped.second() : null;
    if (asked == null) {
      return first;
    }
    Candidate candidate = asked.candidate();
    Classified said = asked.said().outcome();
    ClassificationResult second =
        said == null ? null : results.ofCanary(event, candidate.policy(), said);
    return candidate.stands(first, second, asked.said().fate()) && second != null ? second : first;
  }

  private @Nullable ClassificationResult again(Ending.Again again) {
    listener.repeated(again.published());
    if (!again.published()) {
      return null;
    }
    listener.forwarded(again.first());
    return again.first();
  }

  private DeadLetter letter(
      Pending item, Stage stage, String reason, String message, int attempts) {
    DeadLetter letter =
        deadLetters.of(
            item,
            policy(item).identity().getVersion(),
            new DeadLetters.Failure(stage, reason, message, attempts + redrives(item)));
    listener.forwarded(letter);
    return letter;
  }

  /** Each round of redrive was an attempt too. */
  private static int redrives(Pending item) {
    return Math.min(Redrives.of(item.headers), MOST_REDRIVES);
  }

  private DecisionPolicy policy(Pending item) {
    DecisionPolicy asked = item.policy;
    return asked == null ? models.current().policy() : asked;
  }

  private static Outcome outcome(@Nullable Ending ending) {
    if (ending instanceof Ending.Piped piped) {
      return piped.outcome();
    }
    throw new IllegalStateException("A record is forwarded that has not ended.");
  }
}
