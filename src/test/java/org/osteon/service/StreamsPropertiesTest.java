package org.osteon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.config.Settings;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.topology.StreamsPlan;

class StreamsPropertiesTest {
  private static final int RECORD = 33 << 20;

  @Test
  void aTaskOfOnePartitionWaitsForNoOtherUnlessTheOperatorSaysSo() {
    assertThat(idle(Map.of("bootstrap.servers", "k:9092"))).isEqualTo("-1");
    assertThat(idle(Map.of("bootstrap.servers", "k:9092", "streams.max.task.idle.ms", "5")))
        .isEqualTo("5");
  }

  @Test
  void aTaskThatJoinsOrdersWaitsForThoseThatTheBrokersHave() {
    assertThat(idle(Map.of("bootstrap.servers", "k:9092", "orders.keep.hours", "48")))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "streams.processing.exception.handler, x.LogAndContinue",
    "streams.production.exception.handler, x.Mine",
    "streams.producer.acks, 1",
    "kafka.enable.idempotence, false",
    "streams.consumer.isolation.level, read_uncommitted",
    "streams.main.consumer.auto.offset.reset, latest",
  })
  void whatWouldVoidTheGuaranteeIsRefused(String key, String value) {
    assertThatThrownBy(() -> idle(Map.of("bootstrap.servers", "k:9092", key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining("leave it out");
  }

  private static String idle(Map<String, String> more) {
    Settings settings = Settings.of(more);
    StreamsPlan plan =
        new StreamsPlan(
            true,
            2,
            settings.get(ImageKeys.MEMORY_BUDGET_MB),
            RECORD,
            RECORD,
            12,
            settings.get(BatchKeys.BATCH_MAX_DELAY_MS),
            StreamsProperties.longestStep(settings, Duration.ZERO));
    return String.valueOf(StreamsProperties.of(settings, plan).get("max.task.idle.ms"));
  }
}
