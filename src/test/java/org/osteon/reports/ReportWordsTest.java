package org.osteon.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.dataset.Csv;
import org.osteon.event.Label;

/** Held to texts that were written for it, and to how a label must never come about. */
class ReportWordsTest {
  /** Those that people read, and that rules need not read. */
  private static final double LEFT_TO_PEOPLE = 0.3;

  @ParameterizedTest
  @ValueSource(strings = {"reports.csv", "harder.csv", "unseen.csv"})
  void whatIsSaidIsSaidAndNothingIsGuessed(String file) throws Exception {
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Map<String, String> row : texts(file)) {
      String text = Objects.requireNonNull(row.get("text"));
      Reading reading = ReportWords.read(text);
      counts.merge(row.get("label") + " as " + reading.label(), 1, Integer::sum);
      if (reading.sure() && !reading.label().name().equals(row.get("label"))) {
        wrong.add(row.get("label") + " as " + reading + ": " + text);
      }
    }
    assertThat(wrong).isEmpty();
    for (Label label : List.of(Label.HEALTHY, Label.FRACTURED, Label.BEYOND_REPAIR)) {
      int read = counts.getOrDefault(label + " as " + label, 0);
      int left = counts.getOrDefault(label + " as " + Label.UNKNOWN, 0);
      assertThat((double) left / (read + left)).as("%s", counts).isLessThan(LEFT_TO_PEOPLE);
    }
  }

  private static List<Map<String, String>> texts(String file) throws Exception {
    try (InputStream in = ReportWordsTest.class.getResourceAsStream(file)) {
      return Csv.read(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
    }
  }

  /** A doubt put into any plain sentence takes its label away. */
  @ParameterizedTest
  @CsvSource({
    "possible",
    "suspected",
    "questionable",
    "healing",
    "old",
    "apparent",
    "probable",
    "likely"
  })
  void aDoubtIsNeverALabel(String doubt) {
    for (String bone : List.of("radius", "tibia", "third metatarsal")) {
      String plain = "There is a fracture of the " + bone + ".";
      assertThat(ReportWords.read(plain).label()).isEqualTo(Label.FRACTURED);
      String doubtful = "There is a " + doubt + " fracture of the " + bone + ".";
      assertThat(ReportWords.read(doubtful).sure()).as(doubtful).isFalse();
    }
  }

  @Test
  void historyAndComparisonSayNothingOfToday() {
    String report =
        "HISTORY: comminuted fracture of the tibia last year.\nCOMPARISON: nonunion in May.\n"
            + "TECHNIQUE: two views, no cast.\nIMPRESSION: No fracture.";
    assertThat(ReportWords.read(report).label()).isEqualTo(Label.HEALTHY);
  }
}
