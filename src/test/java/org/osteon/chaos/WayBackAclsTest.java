package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.TopicKeys;
import org.osteon.deliver.Deliverer;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.gateway.GatewayPublisher;
import org.osteon.identity.Identities;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;
import org.osteon.identity.SiteKeys;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Scrape;
import org.osteon.testing.SecureBroker;

/** Gateway and deliverer with the rights that {@code docs/security.md} lists, and no other. */
@Tag("integration")
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

  private static int read(Settings settings, Path keys) {
    Consumer<byte[], byte[]> consumer =
        PlainClients.consumer(settings, Map.of("auto.offset.reset", "earliest"));
    try (Identities identities =
        new Identities(
            consumer,
            new EventSerdes(Registry.connect(settings), settings),
            new IdentitySeal(SiteKeys.read(keys)),
            settings.get(TopicKeys.IDENTITIES))) {
      identities.readToEnd();
      return identities.size();
    }
  }
}
