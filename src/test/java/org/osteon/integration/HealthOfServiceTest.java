package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;
import org.osteon.testing.hospital.Hospital;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/** What the probes say, over HTTP, of a service in trouble. */
@Tag("integration")
class HealthOfServiceTest {

  @Test
  void oneThatIsStuckWithBacklogTurnsNotAliveAndComesBackWhenItMoves() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    PipelineListener stopper =
        new PipelineListener() {
          @Override
          public void decoded() {
            try {
              gate.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    try (Hospital hospital =
            new Hospital(
                Platform.broker().bootstrapServers(),
                Platform.registry().url(),
                "at_least_once",
                "classic",
                Map.of("health.stuck.after.ms", "2000", "inference.timeout.ms", "120000"));
        OsteonService service =
            OsteonService.start(
                hospital.settings,
                new Hooks(
                    stopper, TopologyListener.NONE, CommitBarrier::new, new KafkaClients()))) {
      int port = service.httpPort();
      await().until(() -> codes(port, "/readyz").isEmpty());
      assertThat(Scrape.get(port, "/livez").statusCode()).isEqualTo(200);
      hospital.ward.publish(20);
      await().until(() -> codes(port, "/livez").contains("STUCK"));
      assertThat(codes(port, "/readyz")).contains("STUCK");
      assertThat(Scrape.of(port).sum("osteon_alive")).isZero();
      gate.countDown();
      await().until(() -> codes(port, "/livez").isEmpty());
    }
  }

  @Test
  void withoutABrokerItIsUnreadyAndStaysAlive() throws Exception {
    try (BrokerProcess broker = BrokerProcess.launch(Platform.MAX_RECORD_BYTES);
        Hospital hospital =
            new Hospital(
                broker.bootstrapServers(),
                Platform.registry().url(),
                "exactly_once_v2",
                "classic",
                Map.of("health.stuck.after.ms", "1000"));
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      int port = service.httpPort();
      await().until(() -> codes(port, "/readyz").isEmpty());
      broker.kill();
      await().until(() -> codes(port, "/readyz").contains("BROKER_AWAY"));
      assertThat(codes(port, "/livez")).isEmpty();
      broker.start();
      await().until(() -> codes(port, "/readyz").isEmpty());
    }
  }

  /** Codes of the reasons; what is well says so with 200 and none. */
  private static List<String> codes(int port, String path) throws Exception {
    HttpResponse<String> response = Scrape.get(port, path);
    JsonNode json = new ObjectMapper().readTree(response.body());
    List<String> codes = new ArrayList<>();
    json.get("reasons")
        .forEach(
            reason -> {
              assertThat(reason.get("message").asText()).endsWith(".");
              codes.add(reason.get("code").asText());
            });
    boolean well = json.get(path.equals("/livez") ? "alive" : "ready").asBoolean();
    assertThat(response.statusCode()).isEqualTo(well ? 200 : 503);
    assertThat(codes.isEmpty()).isEqualTo(well);
    return codes;
  }
}
