package org.osteon.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Label;
import org.osteon.event.Performance;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;

/** Which figures are published of what was counted: tables, groups, days and falls. */
class FiguresTest extends CountedCases {
  @Test
  void theTableIsWhatWasAnsweredAgainstWhatWasFound() {
    put("a", BROKEN, Label.FRACTURED);
    put("b", BROKEN, Label.HEALTHY);
    put("c", DOUBTFUL, Label.BEYOND_REPAIR);
    put("d", HEALTHY, Label.FRACTURED);
    put("e", HEALTHY, Label.HEALTHY);
    put("f", HEALTHY, Label.HEALTHY);
    put("g", HEALTHY, null);
    Performance figures = room.sliding(EVERYTHING);
    assertThat(figures.getStudies()).isEqualTo(7);
    assertThat(table(figures))
        .containsExactly(
            "DEFINITE FRACTURED 1",
            "DEFINITE HEALTHY 1",
            "DOUBT BEYOND_REPAIR 1",
            "NONE FRACTURED 1",
            "NONE HEALTHY 2",
            "NONE null 1");
    assertThat(figures.getTruthShare()).extracting("hits", "of").containsExactly(6L, 7L);
    assertThat(figures.getSensitivity()).extracting("hits", "of").containsExactly(2L, 3L);
    assertThat(figures.getSpecificity()).extracting("hits", "of").containsExactly(2L, 3L);
    assertThat(figures.getDefiniteSensitivity()).extracting("hits", "of").containsExactly(1L, 3L);
    assertThat(figures.getDefiniteSpecificity()).extracting("hits", "of").containsExactly(2L, 3L);
    assertThat(figures.getPositivePredictiveValue())
        .extracting("hits", "of")
        .containsExactly(2L, 3L);
    assertThat(figures.getAlertPrecision()).extracting("hits", "of").containsExactly(1L, 2L);
    assertThat(figures.getReferralShare()).extracting("hits", "of").containsExactly(1L, 7L);
    // |sum of probabilities - abnormal| by bin: 0.15 against 1, 0.5 against 1, 1.8 against 1.
    assertThat(figures.getCalibrationError().getValue()).isCloseTo(2.15 / 6, within(1e-6));
    assertThat(figures.getCautions()).contains("FEW_TRUTHS");
    assertThat(figures.getFromDay()).hasToString("2026-10-30");
    assertThat(figures.getToDay()).hasToString("2026-11-28");
  }

  @Test
  void groupsAreBySiteAndByWhatTheResultSays() {
    room.put(
        ClassificationResult.newBuilder(result("a", "a", BROKEN))
            .setBodyPart("wrist")
            .setPatientAgeYears(12)
            .setAttributes(Map.of("station", "room\t3"))
            .build());
    room.put(
        ClassificationResult.newBuilder(result("b", "b", HEALTHY)).setFacility("ward-8").build());
    Map<String, Performance> figures = room.figures();
    assertThat(figures.keySet())
        .contains(
            "m\t1\t00\tward-7\tALL\t\tTHIRTY_DAYS",
            "m\t1\t00\tward-7\tBODY_PART\tWRIST\tTHIRTY_DAYS",
            "m\t1\t00\tward-7\tAGE_BAND\t5-17\tTHIRTY_DAYS",
            "m\t1\t00\tward-7\tSCANNER\troom_3\tTHIRTY_DAYS",
            "m\t1\t00\tward-7\tPRIORITY\tROUTINE\tTHIRTY_DAYS",
            "m\t1\t00\tward-7\tPRIORITY\tROUTINE\tDAY\t2026-11-27",
            "m\t1\t00\tward-8\tSCANNER\t\tTHIRTY_DAYS");
    assertThat(room.sliding("\tALL\t").getStudies()).isEqualTo(2);
    assertThat(room.sliding("\tALL\t").getFacility()).isNull();
    assertThat(room.sliding("ward-8\tALL\t").getStudies()).isEqualTo(1);
  }

  @Test
  void thirtyDaysSlideAndDaysGoWhenTheyAreTooOld() {
    put("a", BROKEN, Label.FRACTURED);
    String day = "m\t1\t00\tward-7\tALL\t\tDAY\t2026-11-27";
    String sliding = "m\t1\t00\tward-7\tALL\t\tTHIRTY_DAYS";
    assertThat(room.figures()).containsKeys(day, sliding);
    room.wait(Duration.ofDays(10));
    assertThat(room.sliding(EVERYTHING).getToDay()).hasToString("2026-12-08");
    room.wait(Duration.ofDays(20));
    assertThat(room.figures()).containsKey(day).doesNotContainKey(sliding);
    room.wait(Duration.ofDays(JoinRoom.KEPT));
    assertThat(room.figures()).isEmpty();
  }

  @Test
  void aFallIsToldOnceWithItsDayAndGoesWhenItIsCorrected() {
    for (int day = 20; day > 0; day--) {
      for (int n = 0; n < 20; n++) {
        boolean missed = n < (day <= 6 ? 6 : 2);
        String study = "s" + day + "-" + n;
        room.put(
            at(
                result("e" + study, study, missed ? HEALTHY : BROKEN),
                JoinRoom.TODAY.minus(Duration.ofDays(day))));
        room.put(truth(study, null, TruthRole.REPORT, TruthStatus.FINAL, Label.FRACTURED, 1));
      }
    }
    Performance figures = room.sliding(EVERYTHING);
    assertThat(figures.getTests()).hasSize(2);
    assertThat(figures.getTests().get(0).getAlarm()).isTrue();
    assertThat(figures.getTests().get(0).getSince()).hasToString("2026-11-22");
    assertThat(figures.getTests().get(0).getSeen().getValue()).isEqualTo(0.7);
    assertThat(figures.getTests().get(0).getLikelihoodRatio()).isGreaterThan(1000);
    assertThat(figures.getTests().get(1).getAlarm()).isFalse();
    assertThat(room.sliding("ward-7\tAGE_BAND\t").getTests()).isEmpty();
    room.figures();
    assertThat(room.falls)
        .containsExactlyInAnyOrder(
            "SENSITIVITY ward-7 ALL null",
            "SENSITIVITY ward-7 BODY_PART HAND",
            "SENSITIVITY ward-7 SCANNER null",
            "SENSITIVITY null ALL null",
            "SENSITIVITY null BODY_PART HAND",
            "SENSITIVITY null SCANNER null");
    for (int day = 6; day > 0; day--) {
      for (int n = 0; n < 4; n++) {
        String study = "s" + day + "-" + n;
        room.put(truth(study, null, TruthRole.REPORT, TruthStatus.CORRECTED, Label.HEALTHY, 2));
      }
    }
    assertThat(room.sliding(EVERYTHING).getTests().get(0).getAlarm()).isFalse();
    assertThat(room.fallen).isEmpty();
  }
}
