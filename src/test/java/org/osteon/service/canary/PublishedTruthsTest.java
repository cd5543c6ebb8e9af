package org.osteon.service.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osteon.event.EventClasses;
import org.osteon.event.GroupDimension;
import org.osteon.event.ModelRef;
import org.osteon.event.Performance;
import org.osteon.event.Period;
import org.osteon.event.Proportion;
import org.osteon.performance.statistics.Interval;

class PublishedTruthsTest {
  private static final String CANARY = "cc";
  private static final String ACTIVE = "aa";

  @BeforeAll
  static void trust() {
    EventClasses.trust();
  }

  @Test
  void aCanaryWhoseWholeIntervalLiesLowerIsClearlyWorse() {
    assertThat(
            worse(
                figures(ACTIVE, null, share(450, 500), share(900, 1000)),
                figures(CANARY, null, share(30, 60), share(90, 100))))
        .isEqualTo(
            "By what people found its sensitivity is 0.500 (0.377 to 0.623), the active version's 0.900 (0.871 to 0.923).");
    assertThat(
            worse(
                figures(ACTIVE, null, share(450, 500), share(900, 1000)),
                figures(CANARY, null, null, share(40, 100))))
        .contains("specificity");
  }

  @Test
  void fewTruthsOrTheSameSayNothing() {
    assertThat(
            worse(
                figures(ACTIVE, null, share(450, 500), share(900, 1000)),
                figures(CANARY, null, share(3, 5), share(9, 10))))
        .isEmpty();
    assertThat(worse(figures(ACTIVE, null, share(450, 500), null))).isEmpty();
    assertThat(
            worse(
                figures(ACTIVE, null, share(450, 500), null),
                figures(CANARY, "north", share(3, 500), null)))
        .as("one site is not all of them")
        .isEmpty();
  }

  private static String worse(Performance... held) {
    return PublishedTruths.worse(List.of(held), CANARY, ACTIVE).orElse("");
  }

  private static Proportion share(long hits, long of) {
    Interval interval = Interval.wilson(hits, of);
    return new Proportion(hits, of, (double) hits / of, interval.low(), interval.high());
  }

  private static Performance figures(
      String sha256,
      @Nullable String facility,
      @Nullable Proportion sensitivity,
      @Nullable Proportion specificity) {
    return Performance.newBuilder()
        .setModel(new ModelRef("m", sha256, sha256))
        .setFacility(facility)
        .setDimension(GroupDimension.ALL)
        .setPeriod(Period.THIRTY_DAYS)
        .setFromDay(LocalDate.parse("2026-10-30"))
        .setToDay(LocalDate.parse("2026-11-28"))
        .setStudies(700)
        .setCounts(List.of())
        .setSensitivity(sensitivity)
        .setSpecificity(specificity)
        .setUpdatedAt(Instant.EPOCH)
        .build();
  }
}
