package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.config.Settings;
import org.osteon.event.KafkaFault;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.Scrape;
import org.osteon.testing.hospital.AclTable;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.SecureHospital;
import org.osteon.testing.hospital.Ward;
import org.osteon.testing.server.SecureBroker;
import org.slf4j.LoggerFactory;

/** The service with the rights that {@code docs/security.md} lists, and no other. */
@Tag("integration")
class AclsTest {
  @Test
  void theListedRightsAreEnoughAndNoSecretIsWrittenAnywhere() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try (SecureHospital hospital = new SecureHospital()) {
      hospital.grant(AclTable.all());
      Settings service = hospital.settings(AclTable.SERVICE);
      try (OsteonService running = OsteonService.start(service, Hooks.none());
          Ward ward = new Ward(hospital.settings("publisher"), hospital.settings("consumer"))) {
        ward.publish(60);
        ward.publish("no image".getBytes(StandardCharsets.UTF_8), "NOT_AN_IMAGE");
        ward.awaitSends();
        Evidence evidence = ward.evidence(true);
        Guarantee.of(true).forEach(promise -> promise.check(evidence));
        assertThat(evidence.results()).hasSize(60);
        assertThat(evidence.deadLetters()).hasSize(1);
        assertThat(hospital.hearsHowACanaryStands(Duration.ofSeconds(60))).isTrue();
        for (String page : new String[] {"/version", "/metrics", "/readyz"}) {
          assertThat(Scrape.get(running.httpPort(), page).body())
              .doesNotContain(hospital.password());
        }
      }
      assertThat(service.toString()).doesNotContain(hospital.password());
      assertThat(log.list)
          .isNotEmpty()
          .noneMatch(line -> line.getFormattedMessage().contains(hospital.password()));
    } finally {
      root.detachAppender(log);
    }
  }

  @Test
  void whoMakesTopicsAndWhoScalesNeedTheListedRightsAlone() throws Exception {
    try (SecureHospital hospital = new SecureHospital()) {
      hospital.grant(AclTable.all());
      Settings maker =
          hospital.settings(
              SecureBroker.Door.SCRAM,
              "osteon-topics",
              Map.of("topics.results", "xray.results-of-another-ward"));
      try (Admin admin = Admin.create(maker.kafkaClient())) {
        TopicSetup setup = new TopicSetup(admin, Registry.connect(maker), maker);
        TopicSetup.Report first = setup.run(4, 1, false);
        assertThat(first.changes()).anyMatch(line -> line.contains("xray.results-of-another-ward"));
        assertThat(first.faults()).isEmpty();
        assertThat(setup.run(4, 1, false)).isEqualTo(new TopicSetup.Report(List.of(), List.of()));
      }
      try (Admin scaler = Admin.create(hospital.settings("osteon-scaler").kafkaClient())) {
        TopicPartition partition = new TopicPartition("xray.events", 0);
        assertThat(scaler.describeTopics(List.of("xray.events")).allTopicNames().get()).hasSize(1);
        assertThat(scaler.listOffsets(Map.of(partition, OffsetSpec.latest())).all().get())
            .containsKey(partition);
        assertThat(scaler.listConsumerGroupOffsets("osteon").partitionsToOffsetAndMetadata().get())
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"READ", "WRITE"})
  void whoMayNotReadOrWriteItsOwnTopicsDoesNotStart(String right) throws Exception {
    AclBinding missing =
        AclTable.ofTheService().stream()
            .filter(acl -> AclTable.words(acl).equals(right + " on TOPIC osteon-"))
            .findFirst()
            .orElseThrow();
    try (SecureHospital hospital = new SecureHospital()) {
      hospital.grant(hospital.without(missing));
      assertThatThrownBy(
              () -> OsteonService.start(hospital.settings(AclTable.SERVICE), Hooks.none()).close())
          .isInstanceOf(KafkaFault.class)
          .hasMessageContaining("[osteon-owners]")
          .hasMessageContaining("give this user the right to");
    }
  }

  @Test
  void whoeverHasNoRightGetsNowhereAndIsTold() throws Exception {
    try (SecureHospital hospital = new SecureHospital()) {
      hospital.grant(AclTable.all());
      assertThatThrownBy(
              () -> OsteonService.start(hospital.settings("publisher"), Hooks.none()).close())
          .isInstanceOf(RuntimeException.class)
          .hasMessageNotContaining(hospital.password());
    }
  }
}
