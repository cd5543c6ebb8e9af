package org.osteon.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.osteon.event.Label;
import org.osteon.metrics.MetricsText;

class SecondReadingTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  @Test
  void replicasAreSummedAndPairsOfVersionsKeptApart() {
    String first =
        """
        # TYPE osteon_shadow_labels_total counter
        osteon_shadow_labels_total{label="HEALTHY",shadow_label="HEALTHY",shadow_version="3",version="2"} 7.0
        osteon_shadow_labels_total{label="HEALTHY",shadow_label="FRACTURED",shadow_version="3",version="2"} 1.0
        osteon_shadow_decisions_total{decision="REPORT",shadow_decision="REPORT",shadow_version="3",version="2"} 5.0
        osteon_shadow_decisions_total{decision="REPORT",shadow_decision="REFER",shadow_version="3",version="2"} 3.0
        osteon_shadow_confidence_ratio_count{shadow_version="3",version="2"} 8
        osteon_shadow_confidence_ratio_sum{shadow_version="3",version="2"} 6.0
        osteon_shadow_active_confidence_ratio_count{shadow_version="3",version="2"} 8
        osteon_shadow_active_confidence_ratio_sum{shadow_version="3",version="2"} 7.0
        osteon_shadow_abnormal_change_ratio_count{shadow_version="3",version="2"} 8
        osteon_shadow_abnormal_change_ratio_sum{shadow_version="3",version="2"} 0.8
        """;
    String second =
        """
        osteon_shadow_labels_total{label="HEALTHY",shadow_label="HEALTHY",shadow_version="3",version="2"} 1.0
        osteon_shadow_labels_total{label="FRACTURED",shadow_label="HEALTHY",shadow_version="3",version="2"} 1.0
        osteon_shadow_decisions_total{decision="REFER",shadow_decision="REFER",shadow_version="3",version="2"} 2.0
        osteon_shadow_confidence_ratio_count{shadow_version="3",version="2"} 2
        osteon_shadow_confidence_ratio_sum{shadow_version="3",version="2"} 1.0
        osteon_shadow_active_confidence_ratio_count{shadow_version="3",version="2"} 2
        osteon_shadow_active_confidence_ratio_sum{shadow_version="3",version="2"} 1.0
        osteon_shadow_abnormal_change_ratio_count{shadow_version="3",version="2"} 2
        osteon_shadow_abnormal_change_ratio_sum{shadow_version="3",version="2"} 0.2
        osteon_shadow_labels_total{label="FRACTURED",shadow_label="FRACTURED",shadow_version="3",version="1"} 4.0
        """;
    List<SecondReading> readings =
        SecondReading.of(List.of(MetricsText.parse(first), MetricsText.parse(second)));
    assertThat(readings).hasSize(2);
    SecondReading two = readings.get(0);
    assertThat(two.active()).isEqualTo("2");
    assertThat(two.images()).isEqualTo(10);
    assertThat(two.agreement()).isCloseTo(.8, EXACT);
    assertThat(two.labels().get(Label.FRACTURED)).containsEntry(Label.HEALTHY, 1L);
    assertThat(two.sameDecision()).isEqualTo(7);
    assertThat(two.confidence()).isCloseTo(.7, EXACT);
    assertThat(two.activeConfidence()).isCloseTo(.8, EXACT);
    assertThat(two.abnormalChange()).isCloseTo(.1, EXACT);
    assertThat(readings.get(1).active()).isEqualTo("1");
    assertThat(readings.get(1).images()).isEqualTo(4);
  }

  @Test
  void aReplicaWithoutAShadowHasNothingToSay() {
    assertThat(SecondReading.of(List.of(MetricsText.parse("osteon_ready 1\n")))).isEmpty();
  }
}
