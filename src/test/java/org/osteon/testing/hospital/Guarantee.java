package org.osteon.testing.hospital;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.testing.hospital.Evidence.Letter;
import org.osteon.testing.hospital.Evidence.Published;
import org.osteon.testing.hospital.Evidence.Result;

/** A promise, asserted on what came out. */
public enum Guarantee {
  /** Each event has its result, or the dead letter that it must have. */
  NOTHING_IS_LOST {
    @Override
    public void check(Evidence evidence) {
      Set<String> results = evidence.results().stream().map(Result::eventId).collect(toSet());
      Map<String, String> letters = new HashMap<>();
      evidence.deadLetters().forEach(letter -> letters.put(letter.eventId(), letter.reason()));
      List<String> lost = new ArrayList<>();
      for (Published event : evidence.published()) {
        boolean right =
            event.poison().isEmpty()
                ? results.contains(event.eventId())
                : event.poison().equals(letters.get(event.eventId()));
        if (!right) {
          lost.add(event.eventId() + " " + event.poison());
        }
      }
      assertThat(lost).as("lost, of %d events", evidence.published().size()).isEmpty();
    }
  },

  /** Within a study, results first appear in the order of its events. */
  ORDER_WITHIN_A_STUDY {
    @Override
    public void check(Evidence evidence) {
      Map<String, Integer> order = new HashMap<>();
      evidence.published().forEach(event -> order.put(event.eventId(), order.size()));
      Map<String, List<Result>> studies =
          evidence.results().stream().collect(groupingBy(Result::key));
      studies.forEach(
          (study, results) -> {
            Set<String> seen = new HashSet<>();
            List<Integer> first = new ArrayList<>();
            for (Result result : results) {
              if (seen.add(result.eventId())) {
                first.add(order.getOrDefault(result.eventId(), -1));
              }
            }
            assertThat(first).as("order within study %s", study).isSorted();
          });
    }
  },

  /** No event has two results or two dead letters, or one of each. */
  NOTHING_TWICE {
    @Override
    public void check(Evidence evidence) {
      List<String> all = new ArrayList<>();
      evidence.results().forEach(result -> all.add(result.eventId()));
      evidence.deadLetters().forEach(letter -> all.add(letter.eventId()));
      assertThat(all).doesNotHaveDuplicates();
    }
  },

  /** What comes again has the same id, so that a reader can drop it. */
  TWICE_HAS_ONE_ID {
    @Override
    public void check(Evidence evidence) {
      Map<String, Set<String>> ids = new HashMap<>();
      for (Result result : evidence.results()) {
        ids.computeIfAbsent(result.eventId(), e -> new HashSet<>()).add(result.resultId());
      }
      assertThat(ids.values()).allMatch(set -> set.size() == 1);
      assertThat(new HashSet<>(ids.values())).hasSameSizeAs(ids.keySet());
    }
  },

  /** A result has its event's key; a dead letter holds its event's bytes. */
  KEYS_AND_BYTES_ARE_KEPT {
    @Override
    public void check(Evidence evidence) {
      Map<String, String> studies = new HashMap<>();
      evidence.published().forEach(event -> studies.put(event.eventId(), event.study()));
      assertThat(evidence.results())
          .allMatch(result -> result.key().equals(studies.get(result.eventId())));
      assertThat(evidence.deadLetters()).allMatch(Letter::originalKept);
    }
  },

  /** The last assessment of each study is what its results add up to, each image once. */
  STUDIES_ARE_EXACT {
    @Override
    public void check(Evidence evidence) {
      Map<String, List<ClassificationResult>> expected = Expected.images(evidence);
      assertThat(evidence.studies()).hasSameSizeAs(expected);
      expected.forEach(
          (study, images) ->
              Expected.assertAssessment(evidence.studies().get(study), study, images));
    }
  },

  /** Each alert that is due was raised, and no other. */
  ALERTS_ARE_THE_DUE_ONES {
    @Override
    public void check(Evidence evidence) {
      assertThat(evidence.alerts().stream().map(Expected::named).collect(toSet()))
          .isEqualTo(Expected.alerts(evidence));
    }
  },

  /** No alert was raised twice. */
  NO_ALERT_TWICE {
    @Override
    public void check(Evidence evidence) {
      assertThat(evidence.alerts()).extracting(Alert::getAlertId).doesNotHaveDuplicates();
    }
  },

  /** An alert that came again is the same one: one id, one study, one severity. */
  AN_ALERT_HAS_ONE_ID {
    @Override
    public void check(Evidence evidence) {
      Map<String, Set<String>> ids = new HashMap<>();
      evidence
          .alerts()
          .forEach(
              alert ->
                  ids.computeIfAbsent(Expected.named(alert), a -> new HashSet<>())
                      .add(alert.getAlertId()));
      assertThat(ids.values()).allMatch(set -> set.size() == 1);
    }
  };

  public abstract void check(Evidence evidence);

  /** What holds under each {@code processing.guarantee}. */
  public static List<Guarantee> of(boolean exactlyOnce) {
    return exactlyOnce
        ? List.of(values())
        : Arrays.stream(values())
            .filter(promise -> promise != NOTHING_TWICE && promise != NO_ALERT_TWICE)
            .toList();
  }
}
