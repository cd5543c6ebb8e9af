package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.sandbox.Ports;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Hospital;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/** A start that fails half-way gives back what it had begun: the model, its threads, the port. */
@Tag("integration")
class FailedStartTest {
  @Test
  void whatWasStartedIsClosedAgain() throws Exception {
    int port = Ports.take();
    KafkaClients refusing =
        new KafkaClients() {
          @Override
          public Admin getAdmin(Map<String, Object> config) {
            // Kafka Streams asks for it when the model is warm and the probes are answered.
            throw new IllegalStateException("no client today");
          }
        };
    Set<Thread> before = ours();
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            "exactly_once_v2",
            "classic",
            Map.of("http.port", Integer.toString(port)))) {
      Hooks hooks =
          new Hooks(PipelineListener.NONE, TopologyListener.NONE, CommitBarrier::new, refusing);
      assertThatThrownBy(() -> OsteonService.start(hospital.settings, hooks))
          .hasStackTraceContaining("no client today");
      await()
          .untilAsserted(() -> assertThat(ours()).allSatisfy(t -> assertThat(before).contains(t)));
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  /** Threads of pipelines and of HTTP that are alive. */
  private static Set<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .filter(t -> t.getName().matches("osteon-(decode|inference|http|fetch).*"))
        .collect(Collectors.toSet());
  }
}
