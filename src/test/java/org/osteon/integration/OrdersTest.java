package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.osteon.integration.OrderedStudies.order;
import static org.osteon.integration.OrderedStudies.publish;
import static org.osteon.integration.OrderedStudies.results;
import static org.osteon.integration.OrderedStudies.values;
import static org.osteon.integration.OrderedStudies.verdicts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.config.keys.TopicKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.Alert;
import org.osteon.event.Priority;
import org.osteon.event.StudyAssessment;
import org.osteon.event.registry.EventSerdes;
import org.osteon.gateway.SiteNames;
import org.osteon.reports.ReportListener;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.testing.Mllp;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Hospital;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.OrderFate;
import org.osteon.topology.listen.TopologyListener;

/** Orders by HL7 and images of the gateway meet in the service, whichever comes first. */
@Tag("integration")
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class OrdersTest {
  @TempDir private Path folder;
  private final AtomicInteger ordersTaken = new AtomicInteger();
  private final AtomicInteger ordersKnown = new AtomicInteger();
  private Map<String, String> own;

  @BeforeEach
  void key() throws Exception {
    own =
        Map.of(
            "gateway.key.file",
            Files.writeString(folder.resolve("key"), "k".repeat(40)).toString(),
            "reports.hl7.port",
            "0",
            "orders.keep.hours",
            "48");
  }

  @ParameterizedTest
  @CsvSource({"exactly_once_v2, classic", "at_least_once, classic", "exactly_once_v2, streams"})
  void anOrderMakesItsStudyStatWhicheverComesFirst(String guarantee, String protocol)
      throws Exception {
    try (Hospital hospital = hospital(guarantee, protocol);
        ReportListener listener = ReportListener.start(hospital.settings);
        Mllp ris = new Mllp(listener.port())) {
      SiteNames names = SiteNames.of(hospital.settings);
      assertThat(ris.send(order("1", "ACC-1"))).isEqualTo("AA 1");
      publish(hospital.settings, "2.25.1", names.accession("ACC-1"));
      publish(hospital.settings, "2.25.2", names.accession("ACC-2"));
      publish(hospital.settings, "2.25.3", names.accession("ACC-3"));
      try (OsteonService service = OsteonService.start(hospital.settings, hooks())) {
        awaitTrue(() -> results(hospital.settings).size() == 3);
        assertThat(ris.send(order("2", "ACC-2"))).isEqualTo("AA 2");
        awaitTrue(
            () ->
                verdicts(hospital.settings).values().stream()
                    .anyMatch(
                        each ->
                            each.getStudyInstanceUid().equals("2.25.2")
                                && each.getPriority() == Priority.STAT));
        // The answer was lost: it comes again, and so do the images.
        assertThat(ris.send(order("2", "ACC-2"))).isEqualTo("AA 2");
        awaitTrue(() -> ordersKnown.get() == Hospital.PARTITIONS);
        publish(hospital.settings, "2.25.2", names.accession("ACC-2"));
        awaitTrue(() -> results(hospital.settings).size() == 4);
        assertThat(service.health().notAlive().isEmpty()).isTrue();
      }
      assertThat(ordersTaken).as("two orders, a copy on each partition").hasValue(16);
      assertThat(results(hospital.settings))
          .extracting(
              each ->
                  "%s %s %s"
                      .formatted(
                          each.getStudyInstanceUid(), each.getPriority(), each.getOrderNumber()))
          .containsExactlyInAnyOrder(
              "2.25.1 STAT " + names.order("P-1"),
              "2.25.2 ROUTINE null",
              "2.25.2 ROUTINE null",
              "2.25.3 ROUTINE null");
      Map<String, StudyAssessment> verdicts = verdicts(hospital.settings);
      assertThat(verdicts.values())
          .extracting(
              each ->
                  "%s %s %s %s"
                      .formatted(
                          each.getStudyInstanceUid(),
                          each.getPriority(),
                          each.getOrderNumber(),
                          each.getReasonCode()))
          .containsExactly(
              "2.25.1 STAT " + names.order("P-1") + " I10|S52.5",
              "2.25.2 STAT " + names.order("P-2") + " I10|S52.5",
              "2.25.3 ROUTINE null null");
      List<Alert> alerts = values(hospital.settings, TopicKeys.ALERTS, EventSerdes::alerts);
      assertThat(alerts).isNotEmpty();
      assertThat(alerts)
          .allMatch(
              each ->
                  (each.getPriority() == Priority.STAT)
                      == each.getStudyInstanceUid().equals("2.25.1"));
      assertThat(alerts.stream().map(Alert::getAlertId)).doesNotHaveDuplicates();
    }
  }

  @Test
  void ordersSurviveARestart() throws Exception {
    try (Hospital hospital = hospital("exactly_once_v2", "classic");
        ReportListener listener = ReportListener.start(hospital.settings);
        Mllp ris = new Mllp(listener.port())) {
      SiteNames names = SiteNames.of(hospital.settings);
      assertThat(ris.send(order("1", "ACC-1"))).isEqualTo("AA 1");
      try (OsteonService service = OsteonService.start(hospital.settings, hooks())) {
        awaitTrue(() -> ordersTaken.get() == Hospital.PARTITIONS);
        assertThat(service.health().notAlive().isEmpty()).isTrue();
      }
      publish(hospital.settings, "2.25.1", names.accession("ACC-1"));
      try (OsteonService service = OsteonService.start(hospital.settings, hooks())) {
        awaitTrue(() -> results(hospital.settings).size() == 1);
        assertThat(service.health().notAlive().isEmpty()).isTrue();
      }
      assertThat(results(hospital.settings).get(0).getPriority()).isEqualTo(Priority.STAT);
    }
  }

  @Test
  void anOrdersTopicThatDoesNotFitIsSaidBeforeAnythingIsRead() throws Exception {
    try (Hospital hospital = hospital("exactly_once_v2", "classic");
        Admin admin = Platform.admin(hospital.settings)) {
      admin
          .createPartitions(
              Map.of(
                  hospital.settings.get(TopicKeys.ORDERS),
                  NewPartitions.increaseTo(Hospital.PARTITIONS + 1)))
          .all()
          .get();
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> OsteonService.start(hospital.settings, Hooks.none()))
                      .isInstanceOf(ConfigException.class)
                      .hasMessageContaining("has 9 partitions and")
                      .hasMessageContaining("orders.keep.hours=0"));
    }
  }

  private Hospital hospital(String guarantee, String protocol) throws Exception {
    return new Hospital(
        Platform.broker().bootstrapServers(), Platform.registry().url(), guarantee, protocol, own);
  }

  private Hooks hooks() {
    TopologyListener heard =
        new TopologyListener() {
          @Override
          public void ordered(OrderFate fate) {
            (fate == OrderFate.TAKEN ? ordersTaken : ordersKnown).incrementAndGet();
          }
        };
    return new Hooks(new PipelineListener() {}, heard, CommitBarrier::new, new KafkaClients());
  }

  private static void awaitTrue(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(90)).until(condition);
  }
}
