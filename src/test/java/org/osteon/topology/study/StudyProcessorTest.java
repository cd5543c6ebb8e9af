package org.osteon.topology.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.Label;
import org.osteon.event.Severity;
import org.osteon.event.StudyAssessment;
import org.osteon.testing.Verdicts;

/** Which results change which verdict and raise which alert; batching and crashes are elsewhere. */
class StudyProcessorTest extends AssessedStudies {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theWorstImageIsTheVerdict(boolean exactlyOnce) {
    start(exactlyOnce, 10, Duration.ofDays(7));
    put(Verdicts.result("a", "s", 0.1, 0.1));
    put(Verdicts.result("b", "s", 0.1, 0.6));
    put(Verdicts.result("c", "s", 0.7, 0.1));
    List<StudyAssessment> verdicts = studies.readValuesToList();
    assertThat(verdicts)
        .extracting(StudyAssessment::getFinding)
        .containsExactly(Finding.NONE, Finding.DOUBT, Finding.DEFINITE);
    StudyAssessment last = verdicts.get(2);
    assertThat(last.getLabel()).isEqualTo(Label.FRACTURED);
    assertThat(last.getProbability()).isCloseTo(0.7, within(1e-9));
    assertThat(last.getImages()).isEqualTo(3);
    assertThat(last.getEventIds()).containsExactly("a", "b", "c");
    assertThat(last.getDecision()).as("one of them is in doubt").isEqualTo(Decision.REFER);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAlertIsRaisedOnceAndAnUpgradeIsANewOne(boolean exactlyOnce) {
    start(exactlyOnce, 10, Duration.ofDays(7));
    put(Verdicts.result("a", "s", 0.7, 0.1));
    put(Verdicts.result("b", "s", 0.8, 0.1));
    put(Verdicts.result("c", "s", 0.1, 0.85));
    put(Verdicts.result("d", "s", 0.1, 0.88));
    put(Verdicts.result("e", "s", 0.8, 0.1));
    List<Alert> raised = alerts.readValuesToList();
    assertThat(raised)
        .extracting(Alert::getSeverity)
        .containsExactly(Severity.URGENT, Severity.CRITICAL);
    assertThat(raised).extracting(Alert::getEventId).containsExactly("a", "c");
    assertThat(raised).extracting(Alert::getAlertId).doesNotHaveDuplicates();
    assertThat(raised.get(0).getProbability()).isCloseTo(0.8, within(1e-9));
    assertThat(raised.get(1).getProbability()).isCloseTo(0.85, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReplayedDayRaisesNoSecondAlert(boolean exactlyOnce) {
    start(exactlyOnce, 10, Duration.ofDays(7));
    for (int round = 0; round < 3; round++) {
      put(Verdicts.result("a", "s", 0.7, 0.1));
      put(Verdicts.result("c", "s", 0.1, 0.85));
    }
    assertThat(alerts.readValuesToList()).hasSize(2);
    List<StudyAssessment> verdicts = studies.readValuesToList();
    assertThat(verdicts.get(verdicts.size() - 1).getEventIds()).containsExactly("a", "c");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherVersionAnswersAnewAndRaisesItsOwn(boolean exactlyOnce) {
    start(exactlyOnce, 10, Duration.ofDays(7));
    put(Verdicts.of("a", "s", 0.1, 0.85, "1", Decision.REPORT));
    put(Verdicts.of("a", "s", 0.7, 0.1, "2", Decision.REPORT));
    assertThat(alerts.readValuesToList())
        .extracting(alert -> alert.getModel().getVersion() + " " + alert.getSeverity())
        .containsExactly("1 CRITICAL", "2 URGENT");
    StudyAssessment last = studies.readValuesToList().get(1);
    assertThat(last.getLabel()).isEqualTo(Label.FRACTURED);
    assertThat(last.getImages()).isEqualTo(1);
    assertThat(last.getModel().getVersion()).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheModelWasNotMadeForIsForReviewAtMost(boolean exactlyOnce) {
    start(exactlyOnce, 10, Duration.ofDays(7));
    put(Verdicts.of("a", "s", 0.1, 0.85, "1", Decision.REFER));
    put(Verdicts.result("b", "s", 0.1, 0.1));
    assertThat(alerts.readValuesToList())
        .extracting(Alert::getSeverity)
        .containsExactly(Severity.REVIEW);
    assertThat(studies.readValuesToList())
        .extracting(StudyAssessment::getDecision)
        .containsExactly(Decision.REFER, Decision.REFER);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void imagesBeyondTheListStillCountForTheVerdict(boolean exactlyOnce) {
    start(exactlyOnce, 2, Duration.ofDays(7));
    put(Verdicts.result("a", "s", 0.1, 0.1));
    put(Verdicts.result("b", "s", 0.1, 0.1));
    put(Verdicts.result("c", "s", 0.1, 0.85));
    put(Verdicts.result("c", "s", 0.1, 0.85));
    List<StudyAssessment> verdicts = studies.readValuesToList();
    StudyAssessment last = verdicts.get(verdicts.size() - 1);
    assertThat(last.getLabel()).isEqualTo(Label.BEYOND_REPAIR);
    assertThat(last.getEventIds()).containsExactly("a", "b");
    assertThat(last.getImages()).isEqualTo(2);
    assertThat(alerts.readValuesToList()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "false, 0, 1", // the brokers were not known to have it, and its own record comes again
    "false, 7, 0", // another record raised it: that one will come again, not this
    "true,  0, 0", // they have it: an operator set the group back
  })
  void anAlertIsRaisedAgainOnlyWhereACrashMayHaveLostIt(
      boolean published, long offset, int expected) {
    start(false, 10, Duration.ofDays(7));
    ClassificationResult result = Verdicts.result("a", "s", 0.7, 0.1);
    Alert lost = Alerts.of(result, Severity.URGENT, null);
    StudyState state =
        StudyState.NEW
            .with(result, 10, LATER.toEpochMilli())
            .raising(new StudyState.Raised("m/1", Severity.URGENT, "a", offset, published));
    driver.<String, StudyState>getKeyValueStore(StudyStates.NAME).put("s", state);
    put(result);
    put(result);
    List<Alert> raised = alerts.readValuesToList();
    assertThat(raised).hasSize(expected).allMatch(lost::equals);
    assertThat(studies.readValuesToList()).hasSize(2).allMatch(state.assessment("s")::equals);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStudyIsSettledOnceWhenNoImageHasComeForLong(boolean exactlyOnce) {
    start(exactlyOnce, 10, Duration.ofDays(7));
    put(Verdicts.result("a", "s", 0.7, 0.1));
    StudyAssessment running = studies.readValue();
    assertThat(running.getSettled()).isFalse();
    pass(Duration.ofSeconds(29));
    assertThat(studies.isEmpty()).isTrue();
    pass(Duration.ofSeconds(1));
    StudyAssessment settled = studies.readValue();
    assertThat(settled).isEqualTo(StudyAssessment.newBuilder(running).setSettled(true).build());
    pass(Duration.ofMinutes(5));
    assertThat(studies.isEmpty()).as("once").isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLateViewOpensTheStudyAgain(boolean exactlyOnce) {
    start(exactlyOnce, 10, Duration.ofDays(7));
    put(Verdicts.result("a", "s", 0.1, 0.1));
    pass(Duration.ofMinutes(1));
    put(Verdicts.result("b", "s", 0.7, 0.1));
    pass(Duration.ofMinutes(1));
    assertThat(studies.readValuesToList())
        .extracting(each -> each.getFinding() + " " + each.getSettled())
        .containsExactly("NONE false", "NONE true", "DEFINITE false", "DEFINITE true");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStudyIsForgottenAfterItsRetention(boolean exactlyOnce) {
    start(exactlyOnce, 10, Duration.ofHours(1));
    put(Verdicts.result("a", "s", 0.7, 0.1));
    assertThat(driver.getKeyValueStore(StudyStates.NAME).get("s")).isNotNull();
    driver.advanceWallClockTime(Duration.ofHours(1));
    assertThat(driver.getKeyValueStore(StudyStates.NAME).get("s")).isNull();
  }
}
