package org.osteon.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsPlanTest {
  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({"true, 100", "true, 60000", "false, 100", "false, 600000"})
  void whatIsDerivedHoldsTogether(boolean exactlyOnce, int timeoutMillis) {
    StreamsPlan plan = plan(exactlyOnce, timeoutMillis, 33 * MIB, 512);
    assertThatCode(() -> plan.check(plan.properties())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 32})
  void whatKafkaMayHoldStaysWithinHalfOfTheBudgetOrOneImageAPartition(int imageMib) {
    StreamsPlan plan = plan(true, 10_000, imageMib * MIB, 512);
    Map<String, String> properties = plan.properties();
    long queued =
        12L * imageMib * MIB * Long.parseLong(get(properties, "buffered.records.per.partition"));
    long fetched = 2L * Long.parseLong(get(properties, "main.consumer.fetch.max.bytes"));
    assertThat(queued).isLessThanOrEqualTo(Math.max(128L * MIB, 12L * imageMib * MIB));
    assertThat(fetched + plan.pipelineBytes()).isLessThanOrEqualTo(512L * 3 / 4 * MIB);
  }

  @ParameterizedTest
  @CsvSource({
    "producer.transaction.timeout.ms, 5000",
    "commit.interval.ms, 60000",
    "main.consumer.max.poll.interval.ms, 20000",
    "producer.max.request.size, 1000",
    "commit.interval.ms, soon",
  })
  void anOverrideThatCannotWorkIsNamed(String key, String value) {
    StreamsPlan plan = plan(true, 10_000, 33 * MIB, 512);
    Map<String, String> inForce = new HashMap<>(plan.properties());
    inForce.put(key, value);
    assertThatThrownBy(() -> plan.check(inForce))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @Test
  void storesOfAllPartitionsShareTheirBuffers() {
    StreamsPlan plan = plan(true, 10_000, 33 * MIB, 512);
    assertThat(plan.properties()).containsEntry("osteon.rocksdb.stores", "24");
    Map<String, String> joined = new HashMap<>(plan.properties());
    joined.putAll(plan.withOrders());
    assertThat(joined)
        .containsEntry("osteon.rocksdb.stores", "48")
        .hasSameSizeAs(plan.properties());
  }

  private static StreamsPlan plan(boolean exactlyOnce, int timeout, int record, int budgetMib) {
    return new StreamsPlan(
        exactlyOnce,
        2,
        (long) budgetMib * MIB,
        record,
        record + 65536,
        12,
        Duration.ofMillis(20),
        Duration.ofMillis(timeout));
  }

  private static String get(Map<String, String> properties, String key) {
    return String.valueOf(properties.get(key));
  }
}
