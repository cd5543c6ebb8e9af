package org.osteon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.Alert;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Severity;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.testing.JavaScriptClient;
import org.osteon.testing.Platform;

/** The pagers of {@code docs/consumers-alerts.md}: each alert once, whatever happens. */
@Tag("integration")
@Timeout(600)
class AlertPagerTest {
  private final Settings settings = Platform.settings();
  private final EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
  private final List<String> paged = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void topics() {
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(1, 1, false);
    }
  }

  @Test
  void eachAlertIsPagedOnceWhateverIsDeliveredTwice() throws Exception {
    publish("a", "b", "a", "stat", "c", "b");
    Path ledger = folder.resolve("ledger");
    AlertPager.Paging failing =
        (key, alert) -> {
          if (paged.size() == 2) {
            throw new IOException("the paging service is away");
          }
          paged.add(key);
        };
    try (AlertPager first = pager("one", ledger, failing)) {
      assertThatThrownBy(first::run).hasMessageContaining("away");
    }
    assertThat(paged.get(0)).as("STAT first").isEqualTo("stat");
    AlertPager.Paging working = (key, alert) -> paged.add(key);
    untilPaged(4, pager("one", ledger, working));
    // A group of another name reads everything again.
    publish("d");
    untilPaged(5, pager("two", ledger, working));
    assertThat(paged).containsExactlyInAnyOrder("a", "b", "c", "d", "stat");
  }

  @Test
  void thePagerInJavaScriptDoesTheSame() throws Exception {
    assumeTrue(JavaScriptClient.find(settings).isPresent(), "skipped: no node, no npm or kafkajs");
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          paged.add(exchange.getRequestHeaders().getFirst("idempotency-key"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    service.start();
    try {
      publish("a", "b", "a", "stat", "b");
      node(service, "one", 3);
      publish("d", "a");
      node(service, "two", 1);
      assertThat(paged).containsExactlyInAnyOrder("a", "b", "stat", "d");
      assertThat(paged.get(0)).as("STAT first").isEqualTo("stat");
    } finally {
      service.stop(0);
    }
  }

  private void node(HttpServer service, String group, int count) throws Exception {
    Path script =
        Path.of(System.getProperty("osteon.root", ".."))
            .resolve("examples/node/alert-pager.js")
            .toAbsolutePath();
    List<String> command = new ArrayList<>(List.of("node", script.toString()));
    command.addAll(List.of("--group", settings.get(KafkaKeys.APPLICATION_ID) + group));
    command.addAll(List.of("--brokers", settings.get(KafkaKeys.BOOTSTRAP_SERVERS)));
    command.addAll(List.of("--registry", settings.get(KafkaKeys.SCHEMA_REGISTRY_URL)));
    command.addAll(List.of("--topic", settings.get(TopicKeys.ALERTS)));
    command.addAll(List.of("--ledger", folder.resolve("js-ledger").toString()));
    command.addAll(List.of("--url", "http://127.0.0.1:" + service.getAddress().getPort()));
    command.addAll(List.of("--count", Integer.toString(count)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private void untilPaged(int count, AlertPager pager) throws Exception {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try (pager) {
                pager.run();
              } catch (IOException e) {
                failures.add(e);
              }
            });
    thread.start();
    await().until(() -> paged.size() >= count);
    pager.stop();
    thread.join();
    assertThat(failures).isEmpty();
  }

  private AlertPager pager(String group, Path ledger, AlertPager.Paging paging) throws IOException {
    return new AlertPager(
        settings.kafkaClient(),
        settings.get(KafkaKeys.APPLICATION_ID) + group,
        settings.get(TopicKeys.ALERTS),
        serdes.alerts().deserializer(),
        new Ledger(ledger),
        paging);
  }

  private void publish(String... ids) throws Exception {
    Map<String, Object> config = new TreeMap<>(settings.kafkaClient());
    try (KafkaProducer<String, Alert> producer =
        new KafkaProducer<>(config, new StringSerializer(), serdes.alerts().serializer())) {
      for (String id : ids) {
        producer
            .send(new ProducerRecord<>(settings.get(TopicKeys.ALERTS), "study", alert(id)))
            .get();
      }
    }
  }

  private static Alert alert(String id) {
    return Alert.newBuilder()
        .setAlertId(id)
        .setSeverity(Severity.URGENT)
        .setLabel(Label.FRACTURED)
        .setProbability(0.9)
        .setEventId("e-" + id)
        .setStudyInstanceUid("study")
        .setFacility("ward-7")
        .setPriority(id.equals("stat") ? Priority.STAT : Priority.ROUTINE)
        .setMessage("HAND: a fracture or worse")
        .setModel(new ModelRef("m", "1", "00"))
        .setRaisedAt(Instant.ofEpochMilli(1_700_000_000_000L))
        .build();
  }
}
