package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.EventClasses;
import org.osteon.event.KafkaFault;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.performance.PerformanceProcess;
import org.osteon.performance.Standings;
import org.osteon.testing.Scrape;
import org.osteon.testing.Verdicts;
import org.osteon.testing.hospital.AclTable;
import org.osteon.testing.hospital.SecureHospital;
import org.osteon.testing.server.SecureBroker;
import org.osteon.truth.TruthPublisher;

/**
 * What joins truths to results, with the rights that {@code docs/security.md} lists, and no other.
 */
@Tag("integration")
@Timeout(600)
class PerformanceAclsTest {
  static {
    EventClasses.trust();
  }

  @TempDir private Path folder;

  @Test
  void theRightsOfTheTableAreEnoughAndNobodyElseMaySayWhatWasFound() throws Exception {
    Map<String, String> more =
        Map.of("streams.state.dir", folder.toString(), "performance.publish.seconds", "1");
    try (SecureHospital hospital = new SecureHospital()) {
      hospital.grant(AclTable.all());
      Settings service = hospital.settings(AclTable.SERVICE);
      String results = service.get(TopicKeys.RESULTS);
      ClassificationResult result =
          ClassificationResult.newBuilder(Verdicts.result("e", "2.25.1", 0.9, 0))
              .setProcessedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
              .build();
      try (Producer<byte[], byte[]> producer = PlainClients.producer(service)) {
        producer
            .send(
                new ProducerRecord<>(
                    results,
                    "2.25.1".getBytes(StandardCharsets.UTF_8),
                    serdes(service).results().serializer().serialize(results, result)))
            .get();
      }
      publish(hospital.settings(SecureBroker.Door.SCRAM, "truths", Map.of()));
      Settings performance = hospital.settings(SecureBroker.Door.SCRAM, "performance", more);
      Settings consumer = hospital.settings("consumer");
      try (PerformanceProcess process = PerformanceProcess.start(performance);
          Standings standings = new Standings(consumer)) {
        await("figures")
            .atMost(Duration.ofMinutes(3))
            .untilAsserted(
                () ->
                    assertThat(standings.read().table("m\t1\t00\tward-7\tALL\t"))
                        .isEqualTo(Map.of("DEFINITE FRACTURED", 1L)));
        assertThat(process.notReady()).isEmpty();
        assertThat(Scrape.get(process.httpPort(), "/readyz").statusCode()).isEqualTo(200);
        assertThat(Scrape.get(process.httpPort(), "/metrics").body())
            .contains(
                "osteon_performance_records_total{kind=\"TRUTH\",outcome=\"TAKEN\"} 1.0",
                "osteon_performance_fallen_groups{measure=\"SENSITIVITY\"} 0.0",
                "osteon_performance_ready 1.0")
            .doesNotContain("ward-7", "2.25.1");
      }
      for (String other : List.of(AclTable.SERVICE, "publisher", "consumer", "performance")) {
        assertThatThrownBy(
                () -> publish(hospital.settings(SecureBroker.Door.SCRAM, other, Map.of())))
            .as(other)
            .isInstanceOf(KafkaFault.class);
      }
    }
  }

  private static EventSerdes serdes(Settings settings) {
    return new EventSerdes(Registry.connect(settings), settings);
  }

  private static void publish(Settings settings) {
    Truth truth =
        Truth.newBuilder()
            .setTruthId("t")
            .setStudyInstanceUid("2.25.1")
            .setLabel(Label.FRACTURED)
            .setRole(TruthRole.REPORT)
            .setStatus(TruthStatus.FINAL)
            .setSaidAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .setPublishedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build();
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      new TruthPublisher(producer, serdes(settings), settings.get(TopicKeys.TRUTHS))
          .publish(List.of(truth));
    }
  }
}
