package org.osteon.event.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.osteon.event.registry.WireRecords.ONCE;
import static org.osteon.event.registry.WireRecords.framed;
import static org.osteon.event.registry.WireRecords.serialized;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.config.Settings;
import org.osteon.config.value.ConfigException;
import org.osteon.event.EventReading;
import org.osteon.event.XRayEvent;
import org.osteon.sandbox.Ports;
import org.osteon.sandbox.RegistryProcess;
import org.osteon.testing.Events;
import org.osteon.testing.Platform;

/** A registry that is away, refuses or asks who is there. */
@Tag("integration")
@Timeout(600)
class RegistryTroubleTest {
  @Test
  void aRegistryThatIsAwayIsNotBadData() throws Exception {
    try (RegistryProcess own = RegistryProcess.launch()) {
      Settings there = Platform.settings("127.0.0.1:1", own.url(), Map.of());
      XRayEvent event = Events.event("waits", 100, 5);
      byte[] bytes = serialized(there, event);
      own.kill();
      RegistryEventReader impatient = new RegistryEventReader(Registry.connect(there), ONCE);
      assertThatThrownBy(() -> impatient.read(bytes))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("cannot be reached");

      List<String> told = new ArrayList<>();
      CountDownLatch away = new CountDownLatch(2);
      RegistryPatience.Watch watch =
          new RegistryPatience.Watch() {
            @Override
            public void unreachable(String because) {
              away.countDown();
            }

            @Override
            public void reachable() {
              told.add("reachable");
            }
          };
      RegistryEventReader patient =
          new RegistryEventReader(
              Registry.connect(there), new RegistryPatience(Duration.ofMinutes(5), watch));
      CompletableFuture<EventReading> reading =
          CompletableFuture.supplyAsync(() -> patient.read(bytes));
      assertThat(away.await(180, TimeUnit.SECONDS)).isTrue();
      own.start();
      // The same id after the restart, or this would be another schema.
      assertThat(reading.get(180, TimeUnit.SECONDS)).isEqualTo(new EventReading.Read(event));
      assertThat(told).containsExactly("reachable");
      // What was found is kept: the next outage does not matter to this schema.
      own.kill();
      assertThat(patient.read(bytes)).isEqualTo(new EventReading.Read(event));
    }
  }

  @Test
  void aRegistryThatFreezesIsAwayToo() throws Exception {
    try (RegistryProcess own = RegistryProcess.launch()) {
      // Impatient is who reads, and not who publishes: on a busy machine half a second is little.
      byte[] bytes =
          serialized(
              Platform.settings("127.0.0.1:1", own.url(), Map.of()),
              Events.event("frozen", 100, 6));
      Settings impatient =
          Platform.settings(
              "127.0.0.1:1", own.url(), Map.of("schema.registry.http.read.timeout.ms", "500"));
      RegistryEventReader fresh = new RegistryEventReader(Registry.connect(impatient), ONCE);
      own.suspend();
      assertThatThrownBy(() -> fresh.read(bytes)).isInstanceOf(RegistryUnavailableException.class);
      own.resume();
      await()
          .ignoreException(RegistryUnavailableException.class)
          .until(() -> fresh.read(bytes) instanceof EventReading.Read);
    }
  }

  @Test
  void aRefusalSaysWhichAndAServerErrorWaits() throws Exception {
    assertThatThrownBy(() -> answering(401).read(framed(1, new byte[1])))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("401")
        .hasMessageContaining("basic.auth");
    assertThatThrownBy(() -> answering(403).read(framed(1, new byte[1])))
        .isInstanceOf(RegistryRefusedException.class);
    assertThatThrownBy(() -> answering(404).read(framed(1, new byte[1])))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("schema.registry.url");
    for (int status : new int[] {429, 500, 503}) {
      assertThatThrownBy(() -> answering(status).read(framed(1, new byte[1])))
          .isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void credentialsPassThroughToTheRegistry() throws Exception {
    List<String> sent = new ArrayList<>();
    String url = front(503, sent);
    Settings there =
        Platform.settings(
            "127.0.0.1:1", url, Map.of("schema.registry.basic.auth.user.info", "osteon:secret"));
    assertThatThrownBy(
            () ->
                new RegistryEventReader(Registry.connect(there), ONCE).read(framed(1, new byte[1])))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageNotContaining("secret");
    assertThat(sent)
        .containsExactly(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("osteon:secret".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void credentialsOfAKindThatIsNotHereAreRefusedInOneSentence() {
    Settings there =
        Platform.settings(
            "127.0.0.1:1",
            "http://127.0.0.1:1",
            Map.of("schema.registry.bearer.auth.credentials.source", "OAUTHBEARER"));
    assertThatThrownBy(() -> Registry.connect(there))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.*");
  }

  /** A front that answers everything with one status, as proxies and gateways do. */
  private static RegistryEventReader answering(int status) throws Exception {
    String url = front(status, new ArrayList<>());
    Settings there = Platform.settings("127.0.0.1:1", url, Map.of());
    return new RegistryEventReader(Registry.connect(there), ONCE);
  }

  private static String front(int status, List<String> authorization) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorization.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] body = "<html>no</html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return "http://" + Ports.LOOPBACK + ":" + server.getAddress().getPort();
  }
}
