package org.osteon.performance.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table and the drawing of {@code docs/performance-monitoring.md}, made anew. */
class FallSimulationTest {
  private static final Path PAGE =
      Path.of(System.getProperty("osteon.root", ".."), "docs", "performance-monitoring.md");
  private static final Path FIGURE = PAGE.resolveSibling("performance-monitoring.svg");
  private static final String BEGIN = "<!-- Made by FallSimulationTest -->\n";
  private static final String END = "<!-- until here -->";
  private static final int DEFAULT = 50_000;

  @Test
  void thePageSaysWhatTheSimulationDoes() throws Exception {
    StringBuilder table = new StringBuilder(FallSimulation.head());
    Map<FallSimulation, FallSimulation.Outcome> all = new LinkedHashMap<>();
    double expected = 365 * FallSimulation.STUDIES * 0.25 / DEFAULT;
    for (double share : List.of(1.0, 0.1)) {
      for (double late : List.of(0.0, 3.0, 14.0)) {
        FallSimulation simulation = new FallSimulation(share, late, DEFAULT);
        FallSimulation.Outcome outcome = simulation.run();
        table.append(simulation.row(outcome));
        all.put(simulation, outcome);
        assertThat(outcome.falseAlarmsAYear() - outcome.uncertainty())
            .as("false alarms of %s", simulation)
            .isLessThan(expected * share);
      }
    }
    String made = table.toString().stripTrailing() + "\n";
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    assertThat(to).isGreaterThanOrEqualTo(from);
    if (Boolean.getBoolean("osteon.docs.write")) {
      page = page.substring(0, from) + made + page.substring(to);
      Files.writeString(PAGE, page);
      Files.writeString(FIGURE, FallFigure.svg(all));
      to = page.indexOf(END);
    }
    assertThat(page.substring(from, to)).isEqualTo(made);
    assertThat(Files.readString(FIGURE)).isEqualTo(FallFigure.svg(all));
  }

  @Test
  void moreFalseAlarmsBuyAnEarlierOne() {
    FallSimulation.Outcome seldom = new FallSimulation(1, 3, DEFAULT).run();
    FallSimulation.Outcome often = new FallSimulation(1, 3, DEFAULT / 10.0).run();
    assertThat(often.falseAlarmsAYear()).isGreaterThan(5 * seldom.falseAlarmsAYear());
    assertThat(often.delay(0.5)).isLessThan(seldom.delay(0.5));
  }
}
