package org.osteon.console;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osteon.console.act.Action;
import org.osteon.console.act.Form;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Label;
import org.osteon.event.LabelWords;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.truth.TruthIds;

/**
 * What a person says of a line on the page: of an image in the review list that its answer is right
 * or what else is there, of a report that no rule could read what it says. It becomes a truth; who
 * said it goes into the log, because truths name no reader.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class Saying implements Action {
  private final Live live;
  private final Consumer<List<Truth>> truths;

  /**
   * @param truths returns when the brokers have them, else throws KafkaFault
   */
  Saying(Live live, Consumer<List<Truth>> truths) {
    this.live = live;
    this.truths = truths;
  }

  /** What is asked: a word and what it is of. */
  private record Asked(String word, String of, @Nullable Label other) {
    static Asked of(Form form) {
      String[] said = form.get("say").split(" ", 2);
      Label other = null;
      for (Label each : Label.values()) {
        other = each.name().equals(form.get("other")) && each != Label.UNKNOWN ? each : other;
      }
      return new Asked(said[0], said.length > 1 ? said[1] : "", other);
    }
  }

  @Override
  public Planned plan(Form form) throws RefusedException {
    Truth truth =
        truth(Asked.of(form))
            .orElseThrow(
                () ->
                    new RefusedException(
                        "Choose what is there where the answer is not right, or reload: the line is gone."));
    return new Planned(
        "TRUTH",
        truth.getStudyInstanceUid(),
        () -> {
          truths.accept(List.of(truth));
          return "Said: %s. Thank you.".formatted(LabelWords.of(truth.getLabel()));
        });
  }

  /** Only of what the page shows: a line that is gone is no line. */
  private Optional<Truth> truth(Asked asked) {
    if (asked.word.equals("report")) {
      return live.snapshot().unread().stream()
          .filter(each -> each.getStudyInstanceUid().equals(asked.of) && asked.other != null)
          .findFirst()
          .map(each -> said(asked.of, null, each.getRole(), asked.other, each.getSawAnswer()));
    }
    return live.result(asked.of)
        .filter(each -> live.waits(asked.of))
        .flatMap(each -> ofImage(each, asked));
  }

  private static Optional<Truth> ofImage(ClassificationResult result, Asked asked) {
    Label label = asked.word.equals("agree") ? result.getLabel() : asked.other;
    boolean sensible =
        label != null
            && label != Label.UNKNOWN
            && (asked.word.equals("agree")
                || (asked.word.equals("other") && label != result.getLabel()));
    return sensible
        ? Optional.of(
            said(
                result.getStudyInstanceUid(),
                result.getEventId(),
                TruthRole.SECOND_READER,
                label,
                true))
        : Optional.empty();
  }

  private static Truth said(
      String study,
      @Nullable String event,
      TruthRole role,
      @Nullable Label label,
      @Nullable Boolean sawAnswer) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Truth truth =
        Truth.newBuilder()
            .setTruthId("")
            .setStudyInstanceUid(study)
            .setEventId(event)
            .setLabel(label == null ? Label.UNKNOWN : label)
            .setRole(role)
            .setStatus(TruthStatus.FINAL)
            .setSawAnswer(sawAnswer)
            .setSaidAt(now)
            .setPublishedAt(now)
            .build();
    truth.setTruthId(TruthIds.of(truth));
    return truth;
  }
}
