package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.deliver.Deliverer;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.gateway.GatewayPublisher;
import org.osteon.gateway.SiteNames;
import org.osteon.identity.Identities;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;
import org.osteon.identity.SiteKeys;
import org.osteon.reports.ReportListener;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Mllp;
import org.osteon.testing.Scrape;
import org.osteon.testing.hospital.AclTable;
import org.osteon.testing.hospital.SecureHospital;
import org.osteon.testing.server.SecureBroker;

/** Who keeps and reads identities, with the rights that {@code docs/security.md} lists alone. */
@Tag("integration")
@Timeout(600)
class WayBackAclsTest {
  @TempDir private Path folder;

  @Test
  void identitiesAreForGatewayAndDelivererAlone() throws Exception {
    Path keys = Files.writeString(folder.resolve("identities"), "one " + "5a".repeat(32) + "\n");
    Path targets =
        Files.writeString(
            folder.resolve("targets.properties"),
            "pacs.type=dicom\npacs.host=127.0.0.1\npacs.title=NONE\npacs.port=" + Ports.take());
    Map<String, String> more =
        Map.of(
            "identity.key.file", keys.toString(),
            "deliver.targets.file", targets.toString(),
            "deliver.start", "earliest");
    try (SecureHospital hospital = new SecureHospital()) {
      hospital.grant(AclTable.all());
      Settings gateway = hospital.settings(SecureBroker.Door.SCRAM, "gateway", more);
      try (GatewayPublisher publisher = new GatewayPublisher(gateway, Map.of())) {
        publisher
            .keep(
                new IdentitySeal.Pseudonymous("2.25.1", "2.25.2", "f00d", "ward-7"),
                new Original("1.2.3", "1.2.3.4", "1.2.3.4.5", "", Map.of()))
            .get();
      }
      Settings service = hospital.settings(AclTable.SERVICE);
      try (Producer<byte[], byte[]> producer = PlainClients.producer(service)) {
        byte[] key = "2.25.1".getBytes(StandardCharsets.UTF_8);
        producer
            .send(new ProducerRecord<>(service.get(TopicKeys.RESULTS), key, new byte[] {7, 7}))
            .get();
      }
      Settings deliverer = hospital.settings(SecureBroker.Door.SCRAM, "deliverer", more);
      try (Deliverer running = Deliverer.start(deliverer)) {
        await("a letter")
            .untilAsserted(
                () ->
                    assertThat(Scrape.get(running.httpPort(), "/metrics").body())
                        .contains(
                            "osteon_deliver_undelivered_total{reason=\"UNREADABLE\",target=\"pacs\"} 1.0"));
        assertThat(running.notReady()).isEmpty();
      }
      for (String other : new String[] {AclTable.SERVICE, "publisher", "consumer", "gateway"}) {
        Settings settings = hospital.settings(SecureBroker.Door.SCRAM, other, more);
        assertThatThrownBy(() -> read(settings, keys))
            .as(other)
            .isInstanceOf(AuthorizationException.class);
      }
      assertThat(read(deliverer, keys)).isEqualTo(1);
    }
  }

  /** Its user in the table is {@code truths}. */
  @Test
  void theListenerSealsNumbersOfOrdersThatTheDelivererAloneReads() throws Exception {
    Path keys = Files.writeString(folder.resolve("identities"), "one " + "5a".repeat(32) + "\n");
    Map<String, String> more =
        Map.of(
            "identity.key.file", keys.toString(),
            "gateway.key.file", Files.writeString(folder.resolve("key"), "k".repeat(40)).toString(),
            "reports.hl7.port", "0");
    try (SecureHospital hospital = new SecureHospital()) {
      hospital.grant(AclTable.all());
      Settings truths = hospital.settings(SecureBroker.Door.SCRAM, "truths", more);
      Settings deliverer = hospital.settings(SecureBroker.Door.SCRAM, "deliverer", more);
      assertThat(placed(truths, "1")).isEqualTo("AA 1");
      for (String other : List.of("truths", AclTable.SERVICE, "publisher", "consumer")) {
        Settings settings = hospital.settings(SecureBroker.Door.SCRAM, other, more);
        assertThatThrownBy(() -> read(settings, keys))
            .as(other)
            .isInstanceOf(AuthorizationException.class);
      }
      String number = SiteNames.of(truths).order("P-1");
      try (Identities identities = identities(deliverer, keys)) {
        identities.readToEnd();
        assertThat(identities.ofOrder(number).orElseThrow().attributes())
            .isEqualTo(Original.ofOrder("P-1", "F-1").attributes());
      }
      AclBinding right =
          AclTable.all().stream()
              .filter(acl -> acl.entry().principal().equals("User:truths"))
              .filter(acl -> acl.pattern().name().equals(truths.get(TopicKeys.IDENTITIES)))
              .reduce(
                  (one, another) -> {
                    throw new AssertionError("It has more rights than one: " + another);
                  })
              .orElseThrow();
      hospital.grant(hospital.without(right));
      assertThat(placed(truths, "2")).as("without the right").isEqualTo("AE 2");
      assertThat(read(deliverer, keys)).isEqualTo(1);
    }
  }

  @Test
  void whoHasNoRightToWriteIdentitiesCannot() throws Exception {
    try (SecureHospital hospital = new SecureHospital()) {
      hospital.grant(AclTable.all());
      for (String other : List.of(AclTable.SERVICE, "publisher", "consumer", "performance")) {
        Settings settings = hospital.settings(other);
        try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
          assertThatThrownBy(
                  () ->
                      producer
                          .send(
                              new ProducerRecord<>(
                                  settings.get(TopicKeys.IDENTITIES),
                                  new byte[] {1},
                                  new byte[] {7}))
                          .get())
              .as(other)
              .hasCauseInstanceOf(AuthorizationException.class);
        }
      }
    }
  }

  /** How an order is answered that is sent to a listener with these settings. */
  private static String placed(Settings settings, String id) throws Exception {
    try (ReportListener listener = ReportListener.start(settings);
        Mllp sender = new Mllp(listener.port())) {
      return sender.send(
          String.join(
              "\r",
              "MSH|^~\\&|RIS|H|OSTEON|O|20261127100000+0100||ORM^O01^ORM_O01|%s|P|2.3"
                  .formatted(id),
              "PID|1||4711^^^H||OTTO^ANNA",
              "ORC|NW|P-%s|F-%s||||1^once^^^^S".formatted(id, id),
              "OBR|1|P-%s||XR^Wrist^L||||||||||||||ACC-%s".formatted(id, id)));
    }
  }

  private static Identities identities(Settings settings, Path keys) {
    return new Identities(
        PlainClients.consumer(settings, Map.of("auto.offset.reset", "earliest")),
        new EventSerdes(Registry.connect(settings), settings),
        new IdentitySeal(SiteKeys.read(keys)),
        settings.get(TopicKeys.IDENTITIES));
  }

  private static int read(Settings settings, Path keys) {
    try (Identities identities = identities(settings, keys)) {
      identities.readToEnd();
      return identities.size();
    }
  }
}
