package org.osteon.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osteon.event.EventClasses;
import org.osteon.event.FallTest;
import org.osteon.event.Finding;
import org.osteon.event.FindingCount;
import org.osteon.event.GroupDimension;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;
import org.osteon.event.Performance;
import org.osteon.event.Period;
import org.osteon.event.Proportion;
import org.osteon.event.TestedMeasure;

class WorthPageTest {
  static {
    EventClasses.trust();
  }

  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void thePageSaysWhatFellAndWhatEachVersionIsWorth() {
    Performance all =
        figures("ward-<7>", GroupDimension.ALL, null, Period.THIRTY_DAYS)
            .setSensitivity(new Proportion(150L, 200L, 0.75, 0.686, 0.805))
            .setTests(List.of(fallen()))
            .setCautions(List.of("FEW_OF_THE_STUDIES", "SOMETHING_NEW"))
            .build();
    Performance wrists =
        figures("ward-<7>", GroupDimension.BODY_PART, "WRIST", Period.THIRTY_DAYS).build();
    Performance day = figures("ward-8", GroupDimension.ALL, null, Period.DAY).build();
    String page = WorthPage.of(List.of(wrists, day, all), NOW);
    assertThat(page)
        .contains(
            "osteon-l/1, ward-&lt;7&gt;",
            "0.750",
            "0.686 to 0.805",
            "150 of 200",
            "2026-11-20",
            "0.700 (0.602 to 0.782) of 90",
            "Less than half of the studies have a truth.",
            "SOMETHING_NEW",
            "body part WRIST",
            "made 2026-11-28 12:00 UTC")
        .doesNotContain("ward-8", "<7>");
    assertThat(page.indexOf("looks fallen")).isLessThan(page.indexOf("0.686"));
    assertThat(page.replaceAll("\\s+", ""))
        .contains(
            "<td>doubt</td><tdclass=\"n\">0</td><tdclass=\"n\">3</td><tdclass=\"n\">0</td><tdclass=\"n\">4</td>");
  }

  @Test
  void withoutFiguresItSaysSo() {
    assertThat(WorthPage.of(List.of(), NOW)).contains("No figures", "nothing");
  }

  private static FallTest fallen() {
    return FallTest.newBuilder()
        .setMeasure(TestedMeasure.SENSITIVITY)
        .setExpected(0.9)
        .setFallen(0.75)
        .setScore(500)
        .setLimit(421)
        .setCasesBetweenFalseAlarms(50_000)
        .setAlarm(true)
        .setSince(LocalDate.parse("2026-11-20"))
        .setAlarmedOn(LocalDate.parse("2026-11-22"))
        .setLikelihoodRatio(9100)
        .setSeen(new Proportion(63L, 90L, 0.7, 0.602, 0.782))
        .build();
  }

  private static Performance.Builder figures(
      String facility, GroupDimension dimension, @Nullable String value, Period period) {
    return Performance.newBuilder()
        .setModel(new ModelRef("osteon-l", "1", "00"))
        .setFacility(facility)
        .setDimension(dimension)
        .setValue(value)
        .setPeriod(period)
        .setFromDay(LocalDate.parse("2026-10-30"))
        .setToDay(LocalDate.parse("2026-11-28"))
        .setStudies(700)
        .setCounts(
            List.of(
                FindingCount.newBuilder()
                    .setFinding(Finding.DOUBT)
                    .setTruth(Label.FRACTURED)
                    .setStudies(3)
                    .build(),
                FindingCount.newBuilder()
                    .setFinding(Finding.DOUBT)
                    .setTruth(null)
                    .setStudies(4)
                    .build()))
        .setUpdatedAt(NOW);
  }
}
