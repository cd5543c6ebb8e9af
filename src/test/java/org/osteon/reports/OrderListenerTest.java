package org.osteon.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.osteon.reports.OrderMessages.omi;
import static org.osteon.reports.OrderMessages.orm;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.EventClasses;
import org.osteon.event.ImagingOrder;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.gateway.SiteNames;
import org.osteon.identity.Identities;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;
import org.osteon.identity.SiteKeys;
import org.osteon.sandbox.EmbeddedBroker;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Mllp;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;

/** Orders sent by MLLP, and what lies in the topic of them. */
@Tag("integration")
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class OrderListenerTest {
  static {
    EventClasses.trust();
  }

  private static final int PARTITIONS = 3;

  @TempDir private Path folder;
  private Settings settings;
  private SiteNames names;

  private void on(EmbeddedBroker broker, Map<String, String> more) throws Exception {
    Map<String, String> own = new TreeMap<>();
    own.put(
        "gateway.key.file", Files.writeString(folder.resolve("key"), "k".repeat(40)).toString());
    own.put("reports.hl7.port", "0");
    own.put("orders.keep.hours", "48");
    own.putAll(more);
    settings = Platform.settings(broker.bootstrapServers(), Platform.registry().url(), own);
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(PARTITIONS, 1, false);
    }
    names = SiteNames.of(settings);
  }

  @Test
  void ordersGoOnByTheNamesThatEventsHave() throws Exception {
    on(Platform.broker(), Map.of());
    List<String> said = new ArrayList<>();
    try (ReportListener listener = ReportListener.start(settings)) {
      try (Mllp sender = new Mllp(listener.port())) {
        said.add(sender.send(orm("1", "NW", "ACC-1", "S", "S52.5^broken by OTTO^I10")));
        said.add(sender.send(orm("2", "CA", "ACC-2", "R", "^fell, asks for DR OTTO")));
        said.add(sender.send(orm("3", "NW", "", "A", "OTTO^OTTO^L") + "\rZDS|1.2.3.4^RIS"));
        said.add(sender.send(omi("4", "ACC-4", "1.2.3.5")));
      }
      // The answer to the first was lost: the engine sends it again on another connection.
      try (Mllp sender = new Mllp(listener.port())) {
        said.add(sender.send(orm("1", "NW", "ACC-1", "S", "S52.5^broken by OTTO^I10")));
      }
    }
    assertThat(said).containsExactly("AA 1", "AA 2", "AA 3", "AA 4", "AA 1");
    List<ImagingOrder> orders = orders();
    assertThat(orders).as("a copy on each partition").hasSize(5 * PARTITIONS);
    assertThat(orders.stream().map(ImagingOrder::getOrderId).distinct()).hasSize(4);
    assertThat(orders.stream().map(this::words).distinct())
        .containsExactlyInAnyOrder(
            "null %s P-1 STAT ACTIVE I10|S52.5".formatted(names.accession("ACC-1")),
            "null %s P-2 ROUTINE CANCELLED null".formatted(names.accession("ACC-2")),
            "%s null P-3 STAT ACTIVE null".formatted(names.study("1.2.3.4")),
            "%s %s P-4 STAT ACTIVE null"
                .formatted(names.study("1.2.3.5"), names.accession("ACC-4")));
    assertThat(orders)
        .allSatisfy(each -> assertThat(each.getSaidAt()).isEqualTo("2026-11-27T09:00:00Z"));
  }

  @Test
  void nothingOfThePatientIsInTheTopic() throws Exception {
    on(Platform.broker(), Map.of());
    try (ReportListener listener = ReportListener.start(settings);
        Mllp sender = new Mllp(listener.port())) {
      sender.send(orm("1", "NW", "ACC-1", "S", "OTTO^ANNA^OTTO"));
      sender.send(omi("4", "ACC-4", "1.2.3.5"));
    }
    TopicWindow.read(
        settings,
        settings.get(TopicKeys.ORDERS),
        Instant.EPOCH,
        found -> {
          for (byte[] bytes : List.of(found.key(), found.value())) {
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .doesNotContain("OTTO", "ANNA", "4711", "ACC-", "1.2.3.", "P-1", "P-4", "F-");
          }
        });
  }

  @Test
  void theNumbersAreKeptSealedWhereTheSiteHasAKeyForThem() throws Exception {
    Path keys = Files.writeString(folder.resolve("identities"), "one " + "5a".repeat(32) + "\n");
    on(Platform.broker(), Map.of("identity.key.file", keys.toString()));
    try (ReportListener listener = ReportListener.start(settings);
        Mllp sender = new Mllp(listener.port())) {
      assertThat(sender.send(orm("1", "NW", "ACC-1", "S", ""))).isEqualTo("AA 1");
      assertThat(sender.send(omi("4", "ACC-4", "1.2.3.5"))).isEqualTo("AA 4");
    }
    TopicWindow.read(
        settings,
        settings.get(TopicKeys.IDENTITIES),
        Instant.EPOCH,
        found -> {
          for (byte[] bytes : List.of(found.key(), found.value())) {
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .doesNotContain("OTTO", "4711", "P-1", "P-4", "F-1", "RIS");
          }
        });
    try (Identities identities =
        new Identities(
            PlainClients.consumer(settings, Map.of("auto.offset.reset", "earliest")),
            new EventSerdes(Registry.connect(settings), settings),
            new IdentitySeal(SiteKeys.read(keys)),
            settings.get(TopicKeys.IDENTITIES))) {
      identities.readToEnd();
      assertThat(identities.ofOrder(names.order("P-1")).orElseThrow().attributes())
          .isEqualTo(Original.ofOrder("P-1^RIS", "F-1").attributes());
      assertThat(identities.ofOrder(names.order("P-4")).orElseThrow().attributes())
          .isEqualTo(Original.ofOrder("P-4", "F-4").attributes());
      assertThat(identities.ofOrder(names.order("P-2"))).isEmpty();
    }
    CommandRun forget =
        CommandRun.of(settings, "identity", "forget", "--pseudonym", names.patient("4711"));
    assertThat(forget.status()).as(forget.err()).isZero();
    assertThat(forget.out()).contains("2");
  }

  @Test
  void whatIsNoOrderIsRefusedAndTheConnectionStays() throws Exception {
    on(Platform.broker(), Map.of());
    try (ReportListener listener = ReportListener.start(settings);
        Mllp sender = new Mllp(listener.port())) {
      assertThat(sender.send(orm("1", "NW", "", "S", ""))).as("of nothing").isEqualTo("AR 1");
      assertThat(sender.send(orm("2", "NW", "A-1", "S", "").replaceAll("ORC.*\r", "")))
          .as("without ORC")
          .isEqualTo("AR 2");
      assertThat(sender.send("PID|1||4711")).as("no header").isEqualTo("AR ");
      assertThat(sender.send("MSH|^~\\&|RIS|H|O|O|20261127||ORM^O01^ORM_O01|3|P|9.9\rORC|NW"))
          .isEqualTo("AR 3");
      assertThat(sender.send(orm("4", "NW", "A-1", "S", ""))).isEqualTo("AA 4");
    }
    assertThat(orders()).hasSize(PARTITIONS);
  }

  @Test
  void nothingIsAcknowledgedThatTheBrokersDoNotHave() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(1 << 20)) {
      on(broker, Map.of("reports.health.listen", "127.0.0.1:0"));
      try (ReportListener listener = ReportListener.start(settings);
          Mllp sender = new Mllp(listener.port())) {
        int health = listener.healthPort().orElseThrow();
        assertThat(sender.send(orm("1", "NW", "A-1", "S", ""))).isEqualTo("AA 1");
        assertThat(sender.send(orm("9", "NW", "", "S", ""))).isEqualTo("AR 9");
        await().until(() -> Scrape.get(health, "/readyz").statusCode() == 200);
        broker.close();
        assertThat(sender.send(orm("2", "NW", "A-2", "S", ""))).isEqualTo("AE 2");
        await().until(() -> Scrape.get(health, "/readyz").statusCode() == 503);
        assertThat(Scrape.get(health, "/livez").statusCode()).isEqualTo(200);
        assertThat(Scrape.get(health, "/metrics").body())
            .contains(
                "osteon_listener_messages_total{answer=\"AA\"} 1.0",
                "osteon_listener_messages_total{answer=\"AE\"} 1.0",
                "osteon_listener_messages_total{answer=\"AR\"} 1.0",
                "osteon_listener_ready 0.0");
      }
    }
  }

  @Test
  void ordersThatNobodyWouldReadAreRefused() throws Exception {
    on(Platform.broker(), Map.of("orders.keep.hours", "0"));
    try (ReportListener listener = ReportListener.start(settings);
        Mllp sender = new Mllp(listener.port())) {
      assertThat(sender.send(orm("1", "NW", "A-1", "S", ""))).isEqualTo("AR 1");
    }
    assertThat(orders()).isEmpty();
  }

  private String words(ImagingOrder order) {
    String number = String.valueOf(order.getOrderNumber());
    for (int i = 1; i < 9; i++) {
      number = number.replace(names.order("P-" + i), "P-" + i);
    }
    return "%s %s %s %s %s %s"
        .formatted(
            order.getStudyInstanceUid(),
            order.getAccessionNumber(),
            number,
            order.getPriority(),
            order.getStatus(),
            order.getReasonCode());
  }

  private List<ImagingOrder> orders() throws Exception {
    String topic = settings.get(TopicKeys.ORDERS);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    List<ImagingOrder> all = new ArrayList<>();
    TopicWindow.read(
        settings,
        topic,
        Instant.EPOCH,
        found -> all.add(serdes.orders().deserializer().deserialize(topic, found.value())));
    return all;
  }
}
