package org.osteon.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.config.value.Thresholds;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;

/** What is said of one image; that nothing contradicts is in {@link TriageProperties}. */
class JudgementTest {
  private static final float[] CLEAR = {6, 0, 0};

  @ParameterizedTest
  @CsvSource({
    "0.10, 0.00, NONE,     HEALTHY,       REPORT,",
    "0.29, 0.00, NONE,     HEALTHY,       REPORT,",
    "0.30, 0.00, DOUBT,    HEALTHY,       REFER, DOUBT",
    "0.60, 0.00, DOUBT,    FRACTURED,     REFER, DOUBT",
    "0.70, 0.00, DEFINITE, FRACTURED,     REPORT,",
    "0.30, 0.40, DEFINITE, FRACTURED,     REPORT,",
    "0.10, 0.50, CRITICAL, BEYOND_REPAIR, REPORT,",
    "0.01, 0.98, CRITICAL, BEYOND_REPAIR, REPORT,",
  })
  void labelAndDecisionFollowFromTheFinding(
      double fractured,
      double beyondRepair,
      Finding finding,
      Label label,
      Decision decision,
      @Nullable String reason) {
    Judgement said = judge(answer(fractured, beyondRepair, true), null);
    assertThat(said).isEqualTo(new Judgement(finding, label, decision, reason));
  }

  @Test
  void ofAPictureThatIsNoRadiographThereIsDoubtAtMost() {
    assertThat(judge(answer(0.1, 0.85, false), null))
        .isEqualTo(
            new Judgement(Finding.DOUBT, Label.FRACTURED, Decision.REFER, "NOT_A_RADIOGRAPH"));
    assertThat(judge(answer(0.1, 0, false), null))
        .isEqualTo(new Judgement(Finding.NONE, Label.HEALTHY, Decision.REFER, "NOT_A_RADIOGRAPH"));
  }

  @Test
  void anotherReasonComesBeforeThatOne() {
    assertThat(judge(answer(0.1, 0.85, false), "UNSUPPORTED_MODALITY").referReason())
        .isEqualTo("UNSUPPORTED_MODALITY");
  }

  @Test
  void aPlaceMayHaveThresholdsOfItsOwn() {
    Triage triage =
        new Triage(
            Thresholds.parse("model, HAND=0.05"),
            Thresholds.parse("model, @ward-7=off"),
            Thresholds.OF_THE_MODEL);
    assertThat(triage.finding(policy(null), "HAND", "x", 0.06, 0)).isEqualTo(Finding.DOUBT);
    assertThat(triage.finding(policy(null), "LEG", "x", 0.06, 0)).isEqualTo(Finding.NONE);
    assertThat(triage.finding(policy(null), "LEG", "ward-7", 0.99, 0)).isEqualTo(Finding.DOUBT);
  }

  @Test
  void theMeanOfTheLogitsSaysWhetherThereIsARadiograph() {
    float[] low = {CLEAR[0] - 3, CLEAR[1] - 3, CLEAR[2] - 3};
    assertThat(policy(0.0).probabilities(low)[0])
        .as("the softmax ignores the mean")
        .isEqualTo(policy(0.0).probabilities(CLEAR)[0], within(1e-9));
    assertThat(ModelAnswer.of(policy(0.0), low).radiograph()).isFalse();
    assertThat(ModelAnswer.of(policy(0.0), CLEAR).radiograph()).isTrue();
    assertThat(ModelAnswer.of(policy(null), low).radiograph()).as("it cannot tell").isTrue();
  }

  private static Judgement judge(ModelAnswer answer, @Nullable String foreign) {
    Finding found =
        Triage.OF_THE_MODEL.finding(
            policy(null), null, "ward", answer.abnormal(), answer.beyondRepair());
    return Judgement.of(found, answer, foreign);
  }

  private static ModelAnswer answer(double fractured, double beyondRepair, boolean radiograph) {
    double[] all = {1 - fractured - beyondRepair, fractured, beyondRepair};
    return new ModelAnswer(all, fractured + beyondRepair, beyondRepair, radiograph);
  }

  private static DecisionPolicy policy(@Nullable Double minRadiographLogit) {
    List<Label> classes = List.of(Label.HEALTHY, Label.FRACTURED, Label.BEYOND_REPAIR);
    return new DecisionPolicy(
        new ModelRef("m", "1", "00"), classes, 1.0, minRadiographLogit, 0.3, 0.7, 0.5);
  }
}
