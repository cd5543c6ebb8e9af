package org.osteon.teaching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.EventClasses;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.testing.Verdicts;

/** Which cases are taken, and in which order. */
class ChoiceTest {
  static {
    EventClasses.trust();
  }

  private static final Choice.Limits MANY = new Choice.Limits(1000, 4, false);

  private final List<ClassificationResult> results = new ArrayList<>();
  private final List<Truth> truths = new ArrayList<>();

  @Test
  void answersAreHeldAgainstWhatWasFound() {
    study("missed", 0.1, Label.FRACTURED);
    study("alarm", 0.9, Label.HEALTHY);
    study("doubt", 0.5, Label.HEALTHY);
    study("less", 0.9, Label.BEYOND_REPAIR);
    study("right", 0.9, Label.FRACTURED);
    study("fine", 0.05, Label.HEALTHY);
    study("untold", 0.9, null);
    assertThat(kinds())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "missed", CaseKind.MISSED,
                "alarm", CaseKind.MISREAD,
                "doubt", CaseKind.DOUBTED,
                "less", CaseKind.MISREAD,
                "right", CaseKind.RIGHT,
                "fine", CaseKind.RIGHT));
    assertThat(cases().get(0).loss()).isCloseTo(-Math.log(0.1), within(1e-9));
  }

  @Test
  void whatIsSaidOfAnOrderIsSaidOfItsStudies() {
    for (String each : List.of("a", "b", "c")) {
      results.add(
          ClassificationResult.newBuilder(result(each, "2.25." + each, 0.1, null))
              .setAccessionNumber(each.equals("c") ? "A-2" : "A-1")
              .build());
    }
    Truth said = truth("", null, Label.FRACTURED, TruthRole.REPORT, TruthStatus.FINAL);
    truths.add(Truth.newBuilder(said).setAccessionNumber("A-1").build());
    assertThat(kinds()).isEqualTo(Map.of("a", CaseKind.MISSED, "b", CaseKind.MISSED));
  }

  @Test
  void whatTheWeightiestRoleSaysOfTheImageCounts() {
    results.add(result("a", "2.25.1", 0.1, "p"));
    results.add(result("b", "2.25.1", 0.9, "p"));
    truths.add(truth("2.25.1", null, Label.FRACTURED, TruthRole.REPORT, TruthStatus.FINAL));
    Map<String, TeachingCase> byStudy = byEvent();
    assertThat(Objects.requireNonNull(byStudy.get("a")).found().ofTheImage()).isFalse();
    truths.add(truth("2.25.1", "b", Label.HEALTHY, TruthRole.REPORT, TruthStatus.FINAL));
    Map<String, TeachingCase> byImage = byEvent();
    assertThat(Objects.requireNonNull(byImage.get("b")).found().label()).isEqualTo(Label.HEALTHY);
    assertThat(Objects.requireNonNull(byImage.get("b")).found().ofTheImage()).isTrue();
    truths.add(truth("2.25.1", null, Label.HEALTHY, TruthRole.SECOND_READER, TruthStatus.FINAL));
    assertThat(Objects.requireNonNull(byEvent().get("a")).found())
        .extracting("label", "disputed")
        .containsExactly(Label.HEALTHY, true);
    assertThat(Choice.of(cases(), MANY).cases()).hasSize(1);
    truths.add(truth("2.25.1", null, Label.FRACTURED, TruthRole.FOLLOW_UP, TruthStatus.FINAL));
    assertThat(Objects.requireNonNull(byEvent().get("a")).found())
        .extracting("label", "disputed", "role")
        .containsExactly(Label.FRACTURED, false, TruthRole.FOLLOW_UP);
    assertThat(Choice.of(cases(), new Choice.Limits(1000, 4, true)).cases()).isEmpty();
  }

  @Test
  void withdrawnIsUnsaidAndTheLastAnswerCounts() {
    study("x", 0.1, Label.FRACTURED);
    truths.add(truth("2.25.x", null, Label.UNKNOWN, TruthRole.REPORT, TruthStatus.WITHDRAWN));
    assertThat(cases()).isEmpty();
    study("y", 0.1, Label.FRACTURED);
    ClassificationResult later = Verdicts.of("y", "2.25.y", 0.9, 0, "2", Decision.REPORT);
    later.setProcessedAt(later.getProcessedAt().plusSeconds(9));
    results.add(0, later);
    assertThat(kinds()).isEqualTo(Map.of("y", CaseKind.RIGHT));
    assertThat(book("m/1").cases().get(0).kind()).isEqualTo(CaseKind.MISSED);
  }

  @Test
  void halfIsWrongTheDearestFirstAndHalfIsRight() {
    for (int i = 0; i < 1000; i++) {
      study("m" + i, 0.001 * (i % 300), Label.FRACTURED);
      study("a" + i, 0.76 + 0.0002 * i, Label.HEALTHY);
      study("d" + i, 0.5, Label.HEALTHY);
      study("r" + i, 0.02, Label.HEALTHY);
    }
    List<Choice.Chosen> train = split(Choice.of(cases(), new Choice.Limits(80, 4, false)), "train");
    Map<CaseKind, Long> kinds =
        train.stream().collect(Collectors.groupingBy(c -> c.of().kind(), Collectors.counting()));
    assertThat(kinds)
        .isEqualTo(
            Map.of(
                CaseKind.MISSED, 20L,
                CaseKind.MISREAD, 10L,
                CaseKind.DOUBTED, 10L,
                CaseKind.RIGHT, 40L));
    double leastTaken =
        train.stream()
            .filter(each -> each.of().kind() == CaseKind.MISSED)
            .mapToDouble(each -> each.of().loss())
            .min()
            .orElse(0);
    Set<String> taken =
        train.stream().map(each -> each.of().answer().event()).collect(Collectors.toSet());
    Set<String> measured =
        Choice.of(cases(), new Choice.Limits(10_000, 4, false)).cases().stream()
            .filter(each -> !each.split().equals("train"))
            .map(each -> each.of().answer().event())
            .collect(Collectors.toSet());
    assertThat(cases())
        .filteredOn(each -> each.kind() == CaseKind.MISSED && each.loss() > leastTaken)
        .allSatisfy(
            each ->
                assertThat(taken.contains(each.answer().event()))
                    .isNotEqualTo(measured.contains(each.answer().event())));
  }

  @Test
  void whoMeasuresNeverTeachesAndStaysThere() {
    Map<String, String> sides = new HashMap<>();
    for (int export = 0; export < 3; export++) {
      results.clear();
      truths.clear();
      for (int i = 0; i < 600; i++) {
        String id = export + "-" + i;
        results.add(result(id, "2.25." + id, i % 2 == 0 ? 0.1 : 0.9, "patient " + i));
        truths.add(truth("2.25." + id, null, Label.FRACTURED, TruthRole.REPORT, TruthStatus.FINAL));
      }
      Collections.shuffle(results, new Random(export));
      for (Choice.Chosen each : Choice.of(cases(), MANY).cases()) {
        String before = sides.put(each.of().answer().patient(), each.split());
        assertThat(before).isIn(null, each.split());
      }
    }
    assertThat(new HashSet<>(sides.values())).containsExactlyInAnyOrder("train", "val", "test");
  }

  @Test
  void measuringCasesAreTakenWhateverWasAnswered() {
    for (int i = 0; i < 4000; i++) {
      study("s" + i, i % 10 == 0 ? 0.1 : 0.9, Label.FRACTURED);
    }
    List<Choice.Chosen> all = Choice.of(cases(), new Choice.Limits(500, 4, false)).cases();
    List<Choice.Chosen> measured =
        all.stream().filter(each -> !each.split().equals("train")).toList();
    assertThat(measured).hasSize(500);
    assertThat(measured.stream().filter(c -> c.of().kind() == CaseKind.MISSED).count() / 500.0)
        .isCloseTo(0.1, within(0.04));
  }

  @Test
  void onePatientTeachesNoMoreThanIsAllowed() {
    for (int patient = 0; patient < 50; patient++) {
      for (int i = 0; i < 9; i++) {
        String id = patient + "-" + i;
        results.add(result(id, "2.25." + id, 0.1, "p" + patient));
        truths.add(truth("2.25." + id, null, Label.FRACTURED, TruthRole.REPORT, TruthStatus.FINAL));
      }
    }
    Map<String, Long> ofPatient =
        split(Choice.of(cases(), MANY), "train").stream()
            .collect(Collectors.groupingBy(c -> c.of().answer().patient(), Collectors.counting()));
    assertThat(ofPatient.values()).containsOnly(4L);
  }

  private static List<Choice.Chosen> split(Choice choice, String split) {
    return choice.cases().stream().filter(each -> each.split().equals(split)).toList();
  }

  private void study(String name, double fractured, @Nullable Label found) {
    results.add(result(name, "2.25." + name, fractured, null));
    if (found != null) {
      truths.add(truth("2.25." + name, null, found, TruthRole.REPORT, TruthStatus.FINAL));
    }
  }

  private static ClassificationResult result(
      String event, String study, double fractured, @Nullable String patient) {
    return ClassificationResult.newBuilder(Verdicts.result(event, study, fractured, 0))
        .setPatientPseudonym(patient)
        .build();
  }

  private Truth truth(
      String study, @Nullable String event, Label label, TruthRole role, TruthStatus status) {
    // Each is said a second after the one before.
    Instant at = Instant.ofEpochSecond(1_700_000_000L + truths.size());
    return Truth.newBuilder()
        .setTruthId("t" + truths.size())
        .setStudyInstanceUid(study)
        .setEventId(event)
        .setLabel(label)
        .setRole(role)
        .setStatus(status)
        .setSaidAt(at)
        .setPublishedAt(at)
        .build();
  }

  private CaseBook book(@Nullable String version) {
    CaseBook book = new CaseBook(version);
    results.forEach(book::add);
    truths.forEach(book::add);
    return book;
  }

  private List<TeachingCase> cases() {
    return book(null).cases();
  }

  private Map<String, TeachingCase> byEvent() {
    return cases().stream().collect(Collectors.toMap(each -> each.answer().event(), each -> each));
  }

  private Map<String, CaseKind> kinds() {
    return cases().stream()
        .collect(Collectors.toMap(each -> each.answer().event(), TeachingCase::kind));
  }
}
