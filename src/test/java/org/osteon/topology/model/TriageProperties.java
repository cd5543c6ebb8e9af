package org.osteon.topology.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;
import org.osteon.event.Severity;

/** More certain is never less alarm, and no part of what is said contradicts another. */
class TriageProperties {
  private static final List<Label> CLASSES =
      List.of(Label.HEALTHY, Label.FRACTURED, Label.BEYOND_REPAIR);

  @Property
  void theFindingNeverFallsWhenAProbabilityGrows(
      @ForAll @DoubleRange(min = 0, max = 1) double abnormal,
      @ForAll @DoubleRange(min = 0, max = 1) double moreAbnormal,
      @ForAll @DoubleRange(min = 0, max = 1) double beyond,
      @ForAll @DoubleRange(min = 0, max = 1) double moreBeyond,
      @ForAll @DoubleRange(min = 0, max = 1) double doubt,
      @ForAll @DoubleRange(min = 0, max = 1) double definite,
      @ForAll @DoubleRange(min = 0, max = 1) double critical,
      @ForAll boolean radiograph) {
    DecisionPolicy policy = policy(doubt, definite, critical);
    Judgement less =
        judge(policy, Math.min(abnormal, moreAbnormal), Math.min(beyond, moreBeyond), radiograph);
    Judgement more =
        judge(policy, Math.max(abnormal, moreAbnormal), Math.max(beyond, moreBeyond), radiograph);
    assertThat(more.finding()).isGreaterThanOrEqualTo(less.finding());
    assertThat(more.label()).isGreaterThanOrEqualTo(less.label());
    assertThat(Triage.severity(more.finding()))
        .isGreaterThanOrEqualTo(Triage.severity(less.finding()));
  }

  @Property
  void labelDecisionReasonAndAlertAgree(
      @ForAll @DoubleRange(min = 0, max = 1) double abnormal,
      @ForAll @DoubleRange(min = 0, max = 1) double beyond,
      @ForAll boolean radiograph,
      @ForAll boolean foreign) {
    Judgement said =
        judge(policy(0.2, 0.6, 0.3), abnormal, beyond, radiograph, foreign ? "FOREIGN" : null);
    assertThat(said.decision() == Decision.REFER).isEqualTo(said.referReason() != null);
    if (said.label() == Label.HEALTHY && said.decision() == Decision.REPORT) {
      assertThat(said.finding()).isEqualTo(Finding.NONE);
    }
    assertThat(said.label() == Label.BEYOND_REPAIR).isEqualTo(said.finding() == Finding.CRITICAL);
    if (said.finding() == Finding.DOUBT) {
      assertThat(said.decision()).isEqualTo(Decision.REFER);
    }
    if (said.finding() == Finding.DEFINITE) {
      assertThat(said.label()).isEqualTo(Label.FRACTURED);
    }
    if (said.finding().compareTo(Finding.DOUBT) > 0) {
      assertThat(said.decision()).isEqualTo(Decision.REPORT);
    }
    assertThat(Triage.severity(said.finding()) == Severity.UNKNOWN)
        .isEqualTo(said.finding() == Finding.NONE);
  }

  private static Judgement judge(
      DecisionPolicy policy, double abnormal, double beyond, boolean radiograph) {
    return judge(policy, abnormal, beyond, radiograph, null);
  }

  private static Judgement judge(
      DecisionPolicy policy,
      double abnormal,
      double beyond,
      boolean radiograph,
      @Nullable String foreign) {
    double[] all = {1 - abnormal, Math.max(0, abnormal - beyond), beyond};
    Finding found = Triage.OF_THE_MODEL.finding(policy, null, "ward", abnormal, beyond);
    return Judgement.of(found, new ModelAnswer(all, abnormal, beyond, radiograph), foreign);
  }

  private static DecisionPolicy policy(double doubt, double definite, double critical) {
    return new DecisionPolicy(
        new ModelRef("m", "1", "00"), CLASSES, 1.0, null, doubt, definite, critical);
  }
}
