package org.osteon.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.config.Settings;

class ThresholdsTest {
  @ParameterizedTest
  @CsvSource({
    "FOOT, ward-1, 0.5",
    "hand, ward-1, 0.7",
    "FOOT, ward-7, 0.9",
    "HAND, ward-7, 0.6",
    "HAND, quiet,  Infinity",
    ",     ward-1, 0.5",
  })
  void theMostParticularRuleWins(String part, String facility, double expected) {
    Thresholds thresholds =
        Thresholds.parse("model, HAND=0.7, @ward-7=0.9, HAND@ward-7=0.6, @quiet=off");
    assertThat(thresholds.at(part, facility, 0.5)).isEqualTo(expected);
  }

  @Test
  void whereNobodyNamesAThresholdNothingIsReached() {
    assertThat(Thresholds.OF_THE_MODEL.at("HAND", "ward", null)).isEqualTo(Thresholds.NEVER);
    assertThat(Thresholds.OF_THE_MODEL.at("HAND", "ward", 1.0))
        .as("what training writes where it had nothing to choose by")
        .isEqualTo(Thresholds.NEVER);
    assertThat(Thresholds.parse("model").speaks()).isFalse();
    assertThat(Thresholds.parse("off, HAND=0.4").speaks()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "0", "-0.1", "high", "HAND=", "HAND=0.4=0.5", "0.4, 0.5", "@=x", "NaN"})
  void whatIsNoThresholdIsRefused(String text) {
    assertThatThrownBy(() -> Thresholds.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BODYPART@FACILITY");
  }

  @Test
  void aWrongThresholdIsOneSentence() {
    assertThatThrownBy(() -> Settings.of(java.util.Map.of("alerts.urgent.probability", "90 %")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("alerts.urgent.probability must be model, off or a probability");
  }
}
