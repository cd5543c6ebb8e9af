package org.osteon.console;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.KafkaFault;
import org.osteon.event.Label;
import org.osteon.event.LabelWords;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.http.HttpDoor;
import org.osteon.truth.TruthIds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person says of a line on the page: of an image in the review list that its answer is right
 * or what else is there, of a report that no rule could read what it says. It becomes a truth; who
 * said it goes into the log, because truths name no reader.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class Saying {
  private static final Logger AUDIT = LoggerFactory.getLogger("org.osteon.console.audit");
  private static final Logger LOG = LoggerFactory.getLogger(Saying.class);

  private final Live live;
  private final WriteGuard guard;
  private final Consumer<List<Truth>> truths;

  /**
   * @param truths returns when the brokers have them, else throws KafkaFault
   */
  Saying(Live live, WriteGuard guard, Consumer<List<Truth>> truths) {
    this.live = live;
    this.guard = guard;
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

  void handle(HttpExchange exchange) throws IOException {
    Form form = Form.of(exchange);
    Asked asked = Asked.of(form);
    WriteGuard.Refusal refusal = guard.refusal(exchange.getRequestHeaders(), form.get("token"));
    Optional<Truth> truth = refusal == null ? truth(asked) : Optional.empty();
    if (refusal == null && !form.saysWho()) {
      refusal = new WriteGuard.Refusal(400, "Give who you are.");
    } else if (refusal == null && truth.isEmpty()) {
      refusal =
          new WriteGuard.Refusal(
              400,
              "Choose what is there where the answer is not right, or reload: the line is gone.");
    }
    if (refusal != null || truth.isEmpty()) {
      AUDIT.warn(
          "action=truth refused={} from={}", refusal == null ? 400 : refusal.status(), form.from());
      HttpDoor.answer(
          exchange,
          refusal == null ? 400 : refusal.status(),
          "text/plain",
          (refusal == null ? "" : refusal.why()) + "\n");
      return;
    }
    publish(exchange, form, truth.get());
  }

  private void publish(HttpExchange exchange, Form form, Truth truth) throws IOException {
    try {
      truths.accept(List.of(truth));
    } catch (KafkaFault e) {
      LOG.warn("What was said is not stored: {}", e.getMessage());
      AUDIT.warn("action=truth who=\"{}\" from={} failed", form.get("who"), form.from());
      HttpDoor.answer(exchange, 503, "text/plain", "It is not stored: say it again.\n");
      return;
    }
    AUDIT.info(
        "action=truth study={} label={} role={} truth={} who=\"{}\" from={}",
        truth.getStudyInstanceUid(),
        truth.getLabel(),
        truth.getRole(),
        truth.getTruthId(),
        form.get("who"),
        form.from());
    HttpDoor.answer(
        exchange,
        200,
        "text/plain; charset=utf-8",
        "Said: %s. Thank you.\n".formatted(LabelWords.of(truth.getLabel())));
  }

  /** Only of what the page shows: a line that is gone is no line. */
  private Optional<Truth> truth(Asked asked) {
    Live.Snapshot now = live.snapshot();
    if (asked.word.equals("report")) {
      return now.unread().stream()
          .filter(each -> each.getStudyInstanceUid().equals(asked.of) && asked.other != null)
          .findFirst()
          .map(each -> said(asked.of, null, each.getRole(), asked.other, each.getSawAnswer()));
    }
    return now.review().stream()
        .filter(each -> each.getEventId().equals(asked.of))
        .findFirst()
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
