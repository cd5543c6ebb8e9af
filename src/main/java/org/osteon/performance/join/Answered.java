package org.osteon.performance.join;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.performance.tally.Case;
import org.osteon.performance.tally.Case.Traits;

/**
 * What one model version answered of a study: the most severe of its images, as verdicts are.
 *
 * @param by the version
 * @param traits of its first image that says each
 * @param firstAt when the first image was answered, milliseconds since the epoch
 * @param answer of all images
 * @param events ids of the images
 * @param more whether there are images beyond those that are listed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Answered(
    Case.Version by,
    Traits traits,
    long firstAt,
    Case.Answer answer,
    List<String> events,
    boolean more) {
  /** As many as a verdict lists. */
  static final int MOST_EVENTS = 256;

  private static final double MILLION = 1e6;

  static Answered of(ClassificationResult result, Traits traits, long at) {
    return new Answered(
        version(result), traits, at, answer(result), List.of(result.getEventId()), false);
  }

  static Case.Version version(ClassificationResult result) {
    return new Case.Version(
        result.getModel().getName(), result.getModel().getVersion(), result.getModel().getSha256());
  }

  /**
   * With one more image.
   *
   * @return an equal one where the image is known
   */
  Answered with(ClassificationResult result, Traits further, long at) {
    if (events.contains(result.getEventId())) {
      return this;
    }
    boolean full = events.size() >= MOST_EVENTS;
    List<String> all = new ArrayList<>(events);
    if (!full) {
      all.add(result.getEventId());
    }
    Case.Answer one = answer(result);
    return new Answered(
        by,
        merged(traits, further),
        Math.min(firstAt, at),
        new Case.Answer(
            one.finding().compareTo(answer.finding()) > 0 ? one.finding() : answer.finding(),
            one.referred() || answer.referred(),
            Math.max(one.millionths(), answer.millionths())),
        List.copyOf(all),
        more || full);
  }

  Case counted(Case.@Nullable Found truth) {
    return new Case(by, traits, TimeUnit.MILLISECONDS.toDays(firstAt), answer, truth);
  }

  private static Case.Answer answer(ClassificationResult result) {
    double abnormal = result.getAbnormalProbability();
    double bounded = abnormal >= 0 ? Math.min(1, abnormal) : 0;
    return new Case.Answer(
        finding(result),
        result.getDecision() == Decision.REFER,
        (int) Math.round(bounded * MILLION));
  }

  /** Of a result from before there were findings, what its label and decision come to. */
  private static Finding finding(ClassificationResult result) {
    if (result.getFinding() != Finding.UNKNOWN) {
      return result.getFinding();
    }
    if (result.getDecision() == Decision.REFER) {
      return Finding.DOUBT;
    }
    return switch (result.getLabel()) {
      case BEYOND_REPAIR -> Finding.CRITICAL;
      case FRACTURED -> Finding.DEFINITE;
      case HEALTHY -> Finding.NONE;
      case UNKNOWN -> Finding.UNKNOWN;
    };
  }

  private static Traits merged(Traits first, Traits further) {
    return new Traits(
        first.facility(),
        or(first.bodyPart(), further.bodyPart()),
        or(first.ageBand(), further.ageBand()),
        or(first.scanner(), further.scanner()),
        or(first.priority(), further.priority()));
  }

  private static @Nullable String or(@Nullable String first, @Nullable String further) {
    return first == null ? further : first;
  }
}
