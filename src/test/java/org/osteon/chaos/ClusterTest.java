package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.config.keys.TopicKeys;
import org.osteon.sandbox.BrokerCluster;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.Replica;

/**
 * Three brokers, of which one at a time is killed, restarted or stands still under load: nothing is
 * lost and nothing repeated. In the short form the leader of a partition is killed; the long form,
 * {@code make chaos}, has the rest and both guarantees.
 */
@Tag("chaos")
class ClusterTest {
  private static final boolean LONG = "long".equals(System.getProperty("osteon.chaos"));

  /** Longer than the controllers miss a broker for. */
  private static final Duration CUT_OFF = Duration.ofSeconds(30);

  private static final String TRANSACTIONS = "__transaction_state";

  @ParameterizedTest
  @CsvSource({"exactly_once_v2, classic", "exactly_once_v2, streams", "at_least_once, classic"})
  void oneBrokerAtATimeMayGo(String guarantee, String protocol) throws Exception {
    boolean exactlyOnce = guarantee.equals("exactly_once_v2");
    assumeTrue(LONG || (exactlyOnce && protocol.equals("classic")), "Run by make chaos.");
    try (BrokerCluster cluster = BrokerCluster.launch(Platform.MAX_RECORD_BYTES);
        Hospital hospital =
            new Hospital(
                cluster.bootstrapServers(), Platform.registry().url(), guarantee, protocol);
        Admin admin = Admin.create(hospital.settings.kafkaClient())) {
      List<Replica> replicas = List.of(hospital.start(), hospital.start());
      for (Replica replica : replicas) {
        await().until(replica::isUp);
      }
      Map<String, Instant> sent = new ConcurrentHashMap<>();
      String events = hospital.settings.get(TopicKeys.EVENTS);
      try (ResultReader reader = new ResultReader(hospital.settings)) {
        Load load = new Load(hospital, sent, reader.seen());
        load.start();
        try {
          killed(cluster, leader(admin, events), sent, reader);
          if (LONG) {
            if (exactlyOnce) {
              killed(cluster, leader(admin, TRANSACTIONS), sent, reader);
            }
            for (int id = 1; id <= BrokerCluster.SIZE; id++) {
              killed(cluster, id, sent, reader);
            }
            cutOff(cluster, leader(admin, events), sent, reader);
          }
        } finally {
          load.finish();
        }
        await("all").until(() -> reader.seen().keySet().containsAll(sent.keySet()));
        System.out.printf(
            "cluster, %s, %s: %d events, nothing was to be seen for %d ms at most%n",
            guarantee, protocol, sent.size(), longestSilence(reader.seen().values()));
      }
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.of(exactlyOnce).forEach(promise -> promise.check(evidence));
      assertThat(hospital.terminateAll()).as(hospital.logs()).containsExactly(0, 0);
    }
  }

  /** Dies, and comes back once its work goes on elsewhere. */
  private static void killed(
      BrokerCluster cluster, int id, Map<String, Instant> sent, ResultReader reader) {
    BrokerProcess broker = cluster.broker(id);
    broker.kill();
    awaitProgress(sent, reader);
    broker.start();
    awaitProgress(sent, reader);
  }

  /** Stands still for a while: the others go on, and it finds that it leads nothing any more. */
  private static void cutOff(
      BrokerCluster cluster, int id, Map<String, Instant> sent, ResultReader reader) {
    BrokerProcess broker = cluster.broker(id);
    Instant end = Instant.now().plus(CUT_OFF);
    broker.freeze(true);
    try {
      awaitProgress(sent, reader);
      await().until(() -> Instant.now().isAfter(end));
    } finally {
      broker.freeze(false);
    }
    awaitProgress(sent, reader);
  }

  /** Until something is sent from now on, and seen. */
  private static void awaitProgress(Map<String, Instant> sent, ResultReader reader) {
    Instant now = Instant.now();
    await("something new to be answered")
        .until(
            () ->
                sent.entrySet().stream()
                    .anyMatch(
                        each ->
                            each.getValue().isAfter(now)
                                && reader.seen().containsKey(each.getKey())));
  }

  private static int leader(Admin admin, String topic) throws Exception {
    TopicDescription description =
        Objects.requireNonNull(
            admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic));
    return description.partitions().get(0).leader().id();
  }

  private static long longestSilence(Collection<Instant> seen) {
    List<Instant> sorted = new ArrayList<>(seen.stream().sorted().toList());
    return Stream.iterate(1, i -> i < sorted.size(), i -> i + 1)
        .mapToLong(i -> Duration.between(sorted.get(i - 1), sorted.get(i)).toMillis())
        .max()
        .orElse(0);
  }
}
