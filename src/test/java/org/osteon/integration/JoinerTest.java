package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;

/**
 * Who joins takes its share at once, however long the changelogs are: with Kafka Streams' defaults
 * it would follow them for ten minutes first.
 */
@Tag("integration")
class JoinerTest {
  private static final int REMEMBERED = 100_000;

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void aJoinerHasPartitionsAndIsReadyBeforeAProbeWouldCome(String standbys) throws Exception {
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            "exactly_once_v2",
            "classic",
            Map.of(
                "streams.num.standby.replicas",
                standbys,
                // Kafka's own, which outlasts whatever this test waits for.
                "streams.probing.rebalance.interval.ms",
                "600000"))) {
      // The changelogs are Kafka Streams' to make.
      try (OsteonService first = OsteonService.start(hospital.settings, Hooks.none())) {
        hospital.ward.publish(50);
        assertThat(hospital.ward.evidence(true).results()).hasSize(50);
      }
      remember(hospital);
      try (Admin admin = Platform.admin(hospital.settings);
          OsteonService one = OsteonService.start(hospital.settings, Hooks.none());
          OsteonService two = OsteonService.start(hospital.settings, Hooks.none())) {
        awaitShares(admin, hospital, 2, one, two);
        OsteonService added = OsteonService.start(hospital.settings, Hooks.none());
        try (added) {
          awaitShares(admin, hospital, 3, one, two, added);
        }
        try (OsteonService instead = OsteonService.start(hospital.settings, Hooks.none())) {
          awaitShares(admin, hospital, 3, one, two, instead);
          hospital.ward.publish(100);
          Evidence evidence = hospital.ward.evidence(true);
          Guarantee.of(true).forEach(promise -> promise.check(evidence));
        }
      }
    }
  }

  /** Each replica's two threads read some of the eight partitions, and all are ready. */
  private static void awaitShares(
      Admin admin, Hospital hospital, int replicas, OsteonService... services) {
    String group = hospital.settings.get(KafkaKeys.APPLICATION_ID);
    await()
        .untilAsserted(
            () -> {
              Set<String> reading =
                  Objects.requireNonNull(
                          admin.describeConsumerGroups(Set.of(group)).all().get().get(group))
                      .members()
                      .stream()
                      .filter(each -> !each.assignment().topicPartitions().isEmpty())
                      .map(each -> each.clientId().replaceAll("-StreamThread-.*", ""))
                      .collect(Collectors.toSet());
              assertThat(reading).hasSize(replicas);
              for (OsteonService each : services) {
                assertThat(each.health().notReady()).isEmpty();
              }
            });
  }

  /** As many events as fill a changelog, written by hand: to answer them would take an hour. */
  private static void remember(Hospital hospital) {
    Map<String, Object> config = new TreeMap<>(hospital.settings.kafkaClient());
    config.put("linger.ms", "20");
    String topic = hospital.settings.get(KafkaKeys.APPLICATION_ID) + "-seen-events-changelog";
    long part = System.currentTimeMillis() / Duration.ofHours(2).toMillis();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < REMEMBERED; i++) {
        byte[] key = ByteBuffer.allocate(24).putLong(part).putLong(i).putLong(0).array();
        producer.send(new ProducerRecord<>(topic, i % Hospital.PARTITIONS, key, new byte[600]));
      }
    }
  }
}
