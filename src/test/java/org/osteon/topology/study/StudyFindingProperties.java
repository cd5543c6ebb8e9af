package org.osteon.topology.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.Label;
import org.osteon.event.StudyAssessment;
import org.osteon.testing.Verdicts;

/** Results, verdict and alerts of any sequence of images agree. */
class StudyFindingProperties {
  @Property
  void aStudysFindingIsTheHighestOfItsImagesAndNeverFalls(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 1) Double> wrong,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll boolean listed) {
    StudyState state = StudyState.NEW;
    Finding highest = Finding.NONE;
    boolean referred = false;
    for (int i = 0; i < wrong.size(); i++) {
      Decision decision = i % 3 == 2 ? Decision.REFER : Decision.REPORT;
      double all = wrong.get(i);
      ClassificationResult result =
          Verdicts.of("e" + i, "s", all * (1 - share), all * share, "1", decision);
      state = state.with(result, listed ? 100 : 2, i + 1L);
      Finding before = highest;
      highest = result.getFinding().compareTo(highest) > 0 ? result.getFinding() : highest;
      referred |= result.getDecision() == Decision.REFER;
      StudyAssessment verdict = state.assessment("s");
      assertThat(verdict.getFinding()).isEqualTo(highest).isGreaterThanOrEqualTo(before);
      assertThat(state.finding()).isEqualTo(highest);
      assertThat(verdict.getDecision() == Decision.REFER).isEqualTo(referred);
      assertThat(verdict.getLabel() == Label.BEYOND_REPAIR).isEqualTo(highest == Finding.CRITICAL);
      if (verdict.getLabel() == Label.HEALTHY && verdict.getDecision() == Decision.REPORT) {
        assertThat(highest).isEqualTo(Finding.NONE);
      }
    }
  }
}
