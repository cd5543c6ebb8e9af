package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.house.Monitoring;
import org.osteon.metrics.Metric;
import org.osteon.metrics.MetricLabel;
import org.osteon.metrics.MetricsText;
import org.osteon.metrics.ModelMetric;
import org.osteon.metrics.ScaleAdvice;
import org.osteon.model.ModelVersion;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Hospital;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/** What a running service says of itself, against what its documentation promises. */
@Tag("integration")
class MetricsOfServiceTest {
  private static final int GOOD = 40;
  private static final int BAD = 7;

  @Test
  void everyMetricIsExportedAndEventsAreResultsDeadLettersAndWhatIsInFlight() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    PipelineListener stopper =
        new PipelineListener() {
          @Override
          public void batchStarted(int size, FlushReason why) {
            awaitQuietly(gate);
          }
        };
    Hooks hooks = new Hooks(stopper, TopologyListener.NONE, CommitBarrier::new, new KafkaClients());
    try (Hospital hospital =
            new Hospital(
                Platform.broker().bootstrapServers(),
                Platform.registry().url(),
                "exactly_once_v2",
                "classic",
                Map.of(
                    "model.path", Deployed.NEWEST.toString(),
                    "inference.timeout.ms", "60000",
                    "model.shadow.share", "1"));
        OsteonService service = OsteonService.start(hospital.settings, hooks)) {
      int port = service.httpPort();
      // Its comparison is shown only where there is one, and adds nothing to any other number.
      Deployed.shadow(
          hospital,
          ModelVersion.read(Deployed.MODELS.resolve("1")),
          Deployed.MODELS.resolve("1").toUri());
      await().until(() -> !Scrape.of(port).of("osteon_shadow_model").isEmpty());
      MetricsText before = MetricsText.parse(Scrape.get(port, "/metrics").body());
      for (int i = 0; i < BAD; i++) {
        hospital.ward.publish(("no image " + i).getBytes(StandardCharsets.UTF_8), "NOT_AN_IMAGE");
      }
      hospital.ward.publish(GOOD);
      await()
          .untilAsserted(
              () -> {
                Scrape held = Scrape.of(port);
                assertThat(held.sum("osteon_in_flight")).isPositive();
                // A drain waits at the gate, so some may not even have been taken.
                assertThat(held.sum("osteon_backlog"))
                    .isBetween(held.sum("osteon_in_flight"), (double) GOOD + BAD);
                assertThat(held.sum("osteon_oldest_image_age_seconds")).isGreaterThan(1);
                assertBalanced(held);
              });
      gate.countDown();
      hospital.ward.publishAgain();
      hospital.ward.evidence(true);
      await()
          .untilAsserted(
              () -> {
                Scrape now = Scrape.of(port);
                assertThat(now.sum("osteon_events_total")).isEqualTo(2 * (GOOD + BAD));
                assertThat(now.sum("osteon_in_flight")).isZero();
                assertThat(now.sum("osteon_backlog")).isZero();
                assertThat(now.sum("osteon_oldest_image_age_seconds")).isZero();
                assertThat(now.sum("osteon_results_total")).isEqualTo(2 * GOOD);
                assertThat(now.sum("osteon_dead_letters_total")).isEqualTo(2 * BAD);
                assertBalanced(now);
              });
      await().until(() -> !Scrape.of(port).of("osteon_shadow_labels_total").isEmpty());
      Scrape scrape = Scrape.of(port);
      for (Metric metric : Metric.all()) {
        if (metric.onCpu() && metric != ModelMetric.CANARY_MODEL) {
          assertExported(metric, scrape);
        }
      }
      Set<String> own = documented();
      // There is none yet; and while there is one, a shadow rests.
      own.removeAll(ModelMetric.CANARY_MODEL.samples());
      assertThat(ownNames(scrape)).isEqualTo(own);
      assertThat(scrape.sum("osteon_batch_size_sum")).isEqualTo(GOOD);
      assertThat(scrape.sum("osteon_end_to_end_seconds_count")).isEqualTo(2 * (GOOD + BAD));
      assertThat(scrape.sum("osteon_ready")).isEqualTo(1);
      assertThat(scrape.names())
          .contains("jvm_memory_used_bytes", "kafka_stream_alive_stream_threads")
          .anyMatch(name -> name.startsWith("kafka_consumer_fetch_manager_records_lag"))
          .anyMatch(name -> name.startsWith("kafka_producer_record_send"));
      assertNothingOfAPatientOrOfOneRun(scrape);
      ScaleAdvice.Spent spent =
          ScaleAdvice.Spent.between(before, MetricsText.parse(Scrape.get(port, "/metrics").body()));
      assertThat(spent.images()).isEqualTo(GOOD);
      assertThat(spent.cpuSeconds()).isPositive();
      assertThat(spent.busySeconds()).isPositive();
      assertThat(spent.inferenceThreads()).isEqualTo(1);
      Set<String> named = new TreeSet<>(Monitoring.namesIn("alerts.yaml", "dashboard.json"));
      // Those of other processes.
      named.removeIf(
          name -> name.startsWith("osteon_deliver_") || name.startsWith("osteon_gateway_"));
      named.removeAll(ModelMetric.CANARY_MODEL.samples());
      assertThat(named)
          .as("what rules and dashboard name")
          .isSubsetOf(Monitoring.withCpuOnlyGaps(scrape.names()));
      Deployed.canary(
          hospital.settings,
          ModelVersion.read(Deployed.MODELS.resolve("1")),
          Deployed.MODELS.resolve("1").toUri());
      await().until(() -> !Scrape.of(port).of("osteon_canary_model").isEmpty());
      assertExported(ModelMetric.CANARY_MODEL, Scrape.of(port));
    }
  }

  private static void assertBalanced(Scrape scrape) {
    double dropped =
        scrape.of("osteon_repeats_total").stream()
            .filter(sample -> "dropped".equals(sample.labels().get("answer")))
            .mapToDouble(Scrape.Sample::value)
            .sum();
    assertThat(scrape.sum("osteon_events_total"))
        .isEqualTo(
            scrape.sum("osteon_results_total")
                + scrape.sum("osteon_dead_letters_total")
                + dropped
                + scrape.sum("osteon_in_flight"));
  }

  private static void assertExported(Metric metric, Scrape scrape) {
    assertThat(scrape.names()).as(metric.meaning()).containsAll(metric.samples());
    Set<String> labels = metric.labels().stream().map(MetricLabel::key).collect(Collectors.toSet());
    for (Scrape.Sample sample : scrape.of(metric.samples().get(0))) {
      Set<String> own = new TreeSet<>(sample.labels().keySet());
      own.remove("le");
      assertThat(own).as(metric.exported()).isEqualTo(labels);
    }
  }

  private static Set<String> ownNames(Scrape scrape) {
    return scrape.names().stream()
        .filter(name -> name.startsWith("osteon_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> documented() {
    return Metric.all().stream()
        .filter(Metric::onCpu)
        .flatMap(metric -> metric.samples().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void assertNothingOfAPatientOrOfOneRun(Scrape scrape) {
    for (Scrape.Sample sample : scrape.samples()) {
      Map<String, String> labels = new TreeMap<>(sample.labels());
      // A site's name is no patient's; here it begins as the events' ids do.
      assertThat(labels.remove(MetricLabel.FACILITY.key())).isIn(null, "ward");
      assertThat(labels.values())
          .as(sample.name())
          .noneMatch(value -> value.contains("2.25.") || value.contains("ward"))
          .noneMatch(value -> value.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-.*"));
    }
  }

  private static void awaitQuietly(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
