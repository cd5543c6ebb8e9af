package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osteon.identity.Original;

/** A refusal may repeat what it refuses; what is written down of it does not. */
class ScrubbingTest {
  @Test
  void nothingThatTheIdentityHoldsIsLeft() {
    String clean =
        Scrubbing.of(
            "AR: patient MRN-774411 (Invented, Ida) born 19581123 unknown, order ACC556677, study 1.2.3.4.5.6\r\n",
            Deliveries.original("1.2.3.4", "1.2.3.4.5", "1.2.3.4.5.6"));
    assertThat(clean)
        .contains("AR: patient", "unknown, order")
        .doesNotContainIgnoringCase("774411", "invented", "ida", "1958", "5566", "1.2.3");
  }

  @Test
  void shortNamesGoAsWordsAndLeaveOthersWhole() {
    Map<Integer, String> attributes = new HashMap<>();
    attributes.put(Original.PATIENT_NAME, "AL^Bo");
    Original original = new Original("1.2.3", "", "", "", attributes);
    assertThat(Scrubbing.of("FAILURE about AL^BO, Bonn", original))
        .isEqualTo("FAILURE about …, Bonn");
  }

  @Test
  void aNameGoesInWhateverLettersItIsSaid() {
    Map<Integer, String> attributes = new HashMap<>();
    attributes.put(Original.CHARACTER_SET, "ISO_IR 192");
    attributes.put(
        Original.PATIENT_NAME,
        new String("Erdős^Örs".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    Original original = new Original("1.2.3", "", "", "", attributes);
    assertThat(Scrubbing.of("AE: no ERDŐS, Örs; no Erd?s; no Erd?s ?rs", original))
        .doesNotContainIgnoringCase("erd", "rs");
  }

  @Test
  void wordsAreCutAndHoldNoLineBreaks() {
    Original unnamed = new Original("", "", "", "", Map.of());
    assertThat(Scrubbing.of("a\n".repeat(500), unnamed)).hasSize(301).doesNotContain("\n");
  }
}
